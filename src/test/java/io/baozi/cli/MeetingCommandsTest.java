package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands on events, latches and barriers, on a real server. */
@Timeout(60)
class MeetingCommandsTest extends RealServerFixture {
  private static CommandRun.Result run(String line) {
    return server.run().of(line.split(" "));
  }

  private static CompletableFuture<CommandRun.Result> begin(String line) {
    return CompletableFuture.supplyAsync(() -> run(line));
  }

  private static void assertRun(String line, int exit, String out, String err) {
    CommandRun.Result result = run(line);
    assertThat(result.out()).isEqualTo(out);
    assertThat(result.err()).isEqualTo(err);
    assertThat(result.exit()).isEqualTo(exit);
  }

  @Test
  void event_setAndCleared_isSaidByGet() {
    assertRun("event get open", 1, "false\n", "");
    assertRun("event set open", 0, "event open is set\n", "");
    assertRun("event get open", 0, "true\n", "");
    assertRun("event wait open", 0, "", "");
    assertRun("event clear open", 0, "event open is clear\n", "");
    assertRun("event get open --output json", 1, "{\"event\":\"open\",\"set\":false}\n", "");
  }

  @Test
  void event_isNotSetInTime_timesOut() {
    CommandRun.Result result = run("event wait shut --wait 1ms");
    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.err()).startsWith("baozi: ").contains("shut").hasLineCount(1);
  }

  @Test
  void event_isSetWhileOneWaits_endsTheWait() throws Exception {
    var waiting = begin("event wait door --output json");
    run("event set door");
    assertThat(waiting.get().out()).isEqualTo("{\"event\":\"door\",\"set\":true}\n");
    assertThat(waiting.get().exit()).isZero();
  }

  @Test
  void latch_countedDown_opensAndStaysOpen() throws Exception {
    assertRun("latch create guests 3", 0, "3\n", "");
    var waiting = begin("latch await guests");
    assertRun("latch countdown guests", 0, "2\n", "");
    assertRun("latch await guests --wait 0", 124, "", run("latch await guests --wait 0").err());
    assertRun("latch countdown guests --by 5", 0, "0\n", "");
    assertThat(waiting.get().exit()).isZero();
    assertRun("latch create guests 3", 0, "0\n", "");
    assertThat(run("latch create guests 4").exit()).isEqualTo(1);
    assertRun("latch delete guests", 0, "latch guests dropped\n", "");
    CommandRun.Result gone = run("latch countdown guests");
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(gone.err()).contains("guests").hasLineCount(1);
  }

  @Test
  void latch_outputJson_isAnObject() {
    assertRun("latch create few 1 --output json", 0, "{\"latch\":\"few\",\"count\":1}\n", "");
    assertRun("latch countdown few --output json", 0, "{\"latch\":\"few\",\"count\":0}\n", "");
    assertRun("latch await few --output json", 0, "{\"latch\":\"few\",\"count\":0}\n", "");
    assertRun("latch delete few --output json", 0, "{\"latch\":\"few\",\"deleted\":true}\n", "");
  }

  @Test
  void barrier_allAreThere_goOnEachWithItsOwnIndex() {
    List<CompletableFuture<CommandRun.Result>> parties =
        Stream.generate(() -> begin("barrier noon --parties 2")).limit(2).toList();
    assertThat(parties.stream().map(party -> party.join().out()))
        .containsExactlyInAnyOrder("0\n", "1\n");
  }

  @Test
  void barrier_othersDoNotCome_timesOut() {
    CommandRun.Result result = run("barrier midnight --parties 2 --wait 1ms");
    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.err()).contains("midnight").hasLineCount(1);
    assertRun(
        "barrier alone --parties 1 --output json", 0, "{\"barrier\":\"alone\",\"index\":0}\n", "");
  }
}
