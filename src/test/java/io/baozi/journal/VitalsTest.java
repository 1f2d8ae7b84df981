package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.CapturedLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private static final Path DATA = Path.of("/var/lib/baozi");

  private final Vitals vitals = new Vitals(DATA);
  private final List<Object> told = new ArrayList<>();

  @BeforeEach
  void listen() {
    vitals.listener(
        new Journal.Listener() {
          @Override
          public void kept(long number) {
            told.add("kept " + number);
          }

          @Override
          public void lost(long number) {
            told.add("lost " + number);
          }

          @Override
          public void changed(Health health) {
            told.add(health);
          }
        });
  }

  private static Health health(Health.State state, String message) {
    return new Health(state, message);
  }

  @Test
  void health_writeFailed_saysWhereAndWhyAndThatItIsTriedAgain() {
    vitals.writeFailed("No space left on device");
    assertThat(vitals.health())
        .isEqualTo(
            health(
                Health.State.WRITE_FAILED,
                "a write to /var/lib/baozi failed (No space left on device);"
                    + " it is tried again every second"));
  }

  @Test
  void health_forceFailed_saysWhereAndWhyAndWhatToDo() {
    vitals.forceFailed("Input/output error");
    assertThat(vitals.health())
        .isEqualTo(
            health(
                Health.State.FORCE_FAILED,
                "a force to disk failed in /var/lib/baozi (Input/output error);"
                    + " what is on the disk is not known until the server is restarted"));
  }

  @Test
  void health_writerFailed_saysWhyAndWhatToDo() {
    vitals.failed(new LinkageError("the library is gone"));
    assertThat(vitals.health())
        .isEqualTo(
            health(
                Health.State.FORCE_FAILED,
                "the journal failed (java.lang.LinkageError: the library is gone);"
                    + " restart the server"));
  }

  @Test
  void health_spaceShortAndAFailure_isTheFailureUntilItIsOver() {
    vitals.isShort("little space");
    vitals.writeFailed("full");
    assertThat(vitals.health().state()).isEqualTo(Health.State.WRITE_FAILED);
    vitals.writes();
    assertThat(vitals.health()).isEqualTo(health(Health.State.SPACE_SHORT, "little space"));
    vitals.hasSpace();
    assertThat(vitals.health()).isEqualTo(Health.WELL);
  }

  @Test
  void listener_eachChange_isToldOnce() {
    vitals.isShort("little space");
    vitals.isShort("less space");
    Health small = vitals.health();
    vitals.writeFailed("full");
    Health failed = vitals.health();
    vitals.writeFailed("full still");
    vitals.isShort("less space");
    vitals.writes();
    vitals.hasSpace();
    vitals.hasSpace();

    assertThat(small.message()).isEqualTo("little space");
    assertThat(told).containsExactly(small, failed, small, Health.WELL);
  }

  @Test
  void listener_writes_areToldAndTheKeptRemembered() {
    vitals.kept(3);
    vitals.lost(5);
    assertThat(told).containsExactly("kept 3", "lost 5");
    assertThat(vitals.kept()).isEqualTo(3);
  }

  @Test
  void log_eachChange_hasOneLineOfIt() {
    try (CapturedLog log = new CapturedLog()) {
      vitals.isShort("little space");
      vitals.writeFailed("full");
      vitals.writeFailed("full");
      vitals.hasSpace();
      vitals.writes();

      assertThat(log.lines("Vitals"))
          .satisfiesExactly(
              line -> assertThat(line).contains("WARN").endsWith("little space"),
              line -> assertThat(line).contains("ERROR").contains("(full)"),
              line -> assertThat(line).contains("INFO").endsWith("The journal is well again."));
    }
  }
}
