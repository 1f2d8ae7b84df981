package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WindowTest {
  private final Window window = new Window(3, 100);

  private CompletableFuture<Boolean> entering(int messages, long bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return window.enter(messages, bytes);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void enter_noRoomForMessages_waitsUntilSomeLeave() throws Exception {
    assertThat(window.enter(3, 3)).isTrue();
    CompletableFuture<Boolean> next = entering(1, 1);
    assertThat(next).isNotDone();
    window.leave(1, 1);
    assertThat(next.get()).isTrue();
  }

  @Test
  void enter_largerThanTheWindow_waitsUntilItIsEmpty() throws Exception {
    assertThat(window.enter(1, 1)).isTrue();
    CompletableFuture<Boolean> next = entering(1, 1000);
    window.leave(1, 1);
    assertThat(next.get()).isTrue();
    assertThat(entering(1, 1)).isNotDone();
    window.close();
  }

  @Test
  void close_someoneWaits_turnsThemAway() throws Exception {
    assertThat(window.enter(3, 3)).isTrue();
    CompletableFuture<Boolean> next = entering(1, 1);
    window.close();
    assertThat(next.get()).isFalse();
    assertThat(window.drained()).isNotDone();
    window.leave(3, 3);
    assertThat(window.drained()).isDone();
  }
}
