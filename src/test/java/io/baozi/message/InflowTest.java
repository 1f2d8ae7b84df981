package io.baozi.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** With {@code -Dbaozi.seed=N} that seed runs alone. */
final class InflowTest {
  private static final int SEEDS = 3000;

  /** The loop of a connection: it runs what it is given at once on itself, later from elsewhere. */
  private final Deque<Runnable> later = new ArrayDeque<>();

  private final List<String> taken = new ArrayList<>();
  private int regulated;

  private final Inflow.Taker taker =
      new Inflow.Taker() {
        @Override
        public void piece(Buffer piece, long left) {
          taken.add(piece + "," + left);
        }

        @Override
        public void cut() {
          taken.add("cut");
        }
      };

  private Inflow inflow(long length) {
    return new Inflow(length, Runnable::run, () -> regulated++);
  }

  @Test
  void pieces_arrivedBeforeTheTaker_areHeldAndHandedOverInOrder() {
    Inflow inflow = inflow(6);
    inflow.arrive(Buffer.buffer("ab"));
    inflow.arrive(Buffer.buffer("c"));
    assertThat(inflow.isHeld()).isTrue();
    inflow.to(taker);
    assertThat(inflow.isHeld()).isFalse();
    inflow.arrive(Buffer.buffer("def"));
    assertThat(taken).containsExactly("ab,4", "c,3", "def,0");
    assertThat(regulated).isPositive();
  }

  @Test
  void cut_whilePaused_isToldBehindWhatWasHeld() {
    Inflow inflow = inflow(6);
    inflow.to(taker);
    inflow.pause();
    inflow.arrive(Buffer.buffer("ab"));
    inflow.cut();
    assertThat(taken).isEmpty();
    inflow.resume();
    inflow.resume();
    assertThat(taken).containsExactly("ab,4", "cut");
  }

  @Test
  void taker_thatPausesWithinAPiece_getsNoMoreUntilItResumes() {
    Inflow inflow = inflow(3);
    inflow.arrive(Buffer.buffer("a"));
    inflow.arrive(Buffer.buffer("b"));
    inflow.to(
        new Inflow.Taker() {
          @Override
          public void piece(Buffer piece, long left) {
            taker.piece(piece, left);
            inflow.pause();
          }

          @Override
          public void cut() {
            taker.cut();
          }
        });
    assertThat(taken).containsExactly("a,2");
    assertThat(inflow.isHeld()).isTrue();
    inflow.cut();
    assertThat(taken).containsExactly("a,2");
    inflow.resume();
    assertThat(taken).containsExactly("a,2", "b,1", "cut");
  }

  @Test
  void skip_completesAtTheEndAndFailsWhenCut() {
    Inflow whole = inflow(2);
    Future<Void> end = whole.skip();
    whole.arrive(Buffer.buffer("a"));
    assertThat(end.isComplete()).isFalse();
    whole.arrive(Buffer.buffer("b"));
    assertThat(end.succeeded()).isTrue();
    Inflow cut = inflow(2);
    cut.arrive(Buffer.buffer("a"));
    cut.cut();
    assertThat(cut.skip().failed()).isTrue();
  }

  /** Whatever the order of calls, from the loop or from elsewhere: nothing lost, doubled, early. */
  @Test
  void calls_inAnyOrder_handOverEachPieceOnceAndInOrder() {
    String asked = System.getProperty("baozi.seed");
    for (long seed = asked == null ? 0 : Long.parseLong(asked);
        seed < (asked == null ? SEEDS : Long.parseLong(asked) + 1);
        seed++) {
      run(new Random(seed), "seed " + seed);
    }
  }

  private void run(Random random, String seed) {
    taken.clear();
    later.clear();
    int length = 1 + random.nextInt(6);
    boolean elsewhere = random.nextBoolean();
    Inflow inflow = new Inflow(length, elsewhere ? later::add : Runnable::run, () -> regulated++);
    List<String> expected = new ArrayList<>();
    int arrived = 0;
    boolean hasTaker = false;
    boolean isCut = false;
    for (int step = 0; step < 30; step++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          if (!hasTaker) {
            hasTaker = true;
            inflow.to(taker);
          }
        }
        case 1 -> inflow.pause();
        case 2 -> inflow.resume();
        case 3 -> {
          if (!later.isEmpty()) {
            later.remove().run();
          }
        }
        case 4 -> {
          if (arrived < length && !isCut) {
            arrived++;
            expected.add("p," + (length - arrived));
            int before = taken.size();
            boolean held = inflow.isHeld();
            inflow.arrive(Buffer.buffer("p"));
            assertThat(taken.size() > before).as(seed).isEqualTo(!held);
          }
        }
        default -> {
          if (arrived < length && !isCut && random.nextInt(4) == 0) {
            isCut = true;
            expected.add("cut");
            inflow.cut();
          }
        }
      }
      assertThat(expected.subList(0, Math.min(expected.size(), taken.size())))
          .as(seed)
          .isEqualTo(taken);
    }
    if (!hasTaker) {
      inflow.to(taker);
    }
    inflow.resume();
    while (!later.isEmpty()) {
      later.remove().run();
    }
    assertThat(taken).as(seed).isEqualTo(expected);
  }
}
