package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done one after another: about one name, or at all. */
final class TurnsTest {
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private final Turns turns = new Turns(loop::add);
  private final List<String> begun = new ArrayList<>();

  private void run() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  private Promise<String> take(String name, String what) {
    Promise<String> promise = Promise.promise();
    turns.take(
        name,
        () -> {
          begun.add(what);
          return promise.future();
        });
    return promise;
  }

  @Test
  void things_aboutOneName_beginWhenTheOneBeforeHasEndedHoweverItDid() {
    Promise<String> first = take("a", "a1");
    Promise<String> second = take("a", "a2");
    take("a", "a3");
    take("b", "b1");
    run();
    assertThat(begun).containsExactly("a1", "b1");
    first.fail("refused");
    run();
    assertThat(begun).containsExactly("a1", "b1", "a2");
    second.complete("done");
    run();
    assertThat(begun).containsExactly("a1", "b1", "a2", "a3");
  }

  @Test
  void thing_behindOthers_endsAsItDoesItself() {
    Promise<String> first = take("a", "a1");
    Future<String> second = turns.take("a", () -> Future.succeededFuture("second"));
    Future<String> third =
        turns.take(
            "a",
            () -> {
              throw new IllegalStateException("third");
            });
    first.complete("first");
    run();
    assertThat(second.result()).isEqualTo("second");
    assertThat(third.cause()).hasMessage("third");
    Future<String> fourth = turns.take("a", () -> Future.succeededFuture("fourth"));
    assertThat(fourth.result()).isEqualTo("fourth");
  }

  @Test
  void things_manyThatEndAtOnce_needNoDeepStack() {
    Promise<String> first = take("a", "first");
    OneByOne oneByOne = new OneByOne();
    List<Runnable> done = new ArrayList<>();
    oneByOne.add(done::add);
    int[] count = new int[2];
    for (int i = 0; i < 100_000; i++) {
      turns.take("a", () -> Future.succeededFuture(count[0]++));
      oneByOne.add(
          end -> {
            count[1]++;
            end.run();
          });
    }
    assertThat(count).containsExactly(0, 0);
    first.complete();
    run();
    done.get(0).run();
    assertThat(count).containsExactly(100_000, 100_000);
  }
}
