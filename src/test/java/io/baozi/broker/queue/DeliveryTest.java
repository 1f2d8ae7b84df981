package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private static final long HOUR = 3_600_000;

  @Test
  void nack_withADelay_isDelayedThenTakesItsOldPlace() {
    QueueScript script = new QueueScript(TestSettings.with());
    script.put(2);
    script.take(script.ann, 1);
    script.nack(script.ann, 1, 50);
    assertThat(script.ids(State.DELAYED)).containsExactly(1L);
    script.pass(49);
    assertThat(script.ids(State.READY)).containsExactly(2L);
    script.pass(1);
    assertThat(script.ids(State.READY)).containsExactly(1L, 2L);
    assertThat(script.queue.first(State.READY).attempt()).isEqualTo(1);
  }

  @Test
  void nack_withoutADelay_isBackWithinTheBackoffTimesItsChance() {
    QueueScript script = new QueueScript(TestSettings.with().backoff(100));
    script.put(1);
    script.take(script.ann, 1);
    script.nack(script.ann, 1, MessageQueue.BACKOFF);
    script.pass(49);
    assertThat(script.ids(State.DELAYED)).containsExactly(1L);
    script.pass(101);
    assertThat(script.ids(State.READY)).containsExactly(1L);
  }

  @Test
  void nack_longBackoffOfManyAttempts_isBackWithinAnHourAndAHalf() {
    QueueScript script = new QueueScript(TestSettings.with().backoff(HOUR));
    script.put(1);
    for (int i = 0; i < 30; i++) {
      script.take(script.ann, 1);
      script.nack(script.ann, 1, MessageQueue.BACKOFF);
      script.pass(HOUR / 2 - 1);
      assertThat(script.ids(State.DELAYED)).containsExactly(1L);
      script.pass(HOUR + 1);
      assertThat(script.ids(State.READY)).containsExactly(1L);
    }
  }

  @Test
  void nack_zeroDelay_isBackAtOnceInSpiteOfTheBackoff() {
    QueueScript script = new QueueScript(TestSettings.with().backoff(100));
    script.put(1);
    script.take(script.ann, 1);
    script.nack(script.ann, 1, 0);
    assertThat(script.ids(State.READY)).containsExactly(1L);
  }

  @Test
  void touch_reserved_beginsTheTtrAnew() {
    QueueScript script = new QueueScript(TestSettings.with().ttr(100));
    script.put(1);
    script.take(script.ann, 1);
    script.pass(90);
    assertThat(script.queue.touch(1, script.ann.holder, 0, script.now)).isTrue();
    assertThat(script.queue.touch(1, script.bob.holder, 0, script.now)).isFalse();
    script.pass(99);
    assertThat(script.ids(State.RESERVED)).containsExactly(1L);
    script.queue.touch(1, script.ann.holder, 500, script.now);
    script.pass(499);
    assertThat(script.ids(State.RESERVED)).containsExactly(1L);
    script.pass(1);
    assertThat(script.ids(State.READY)).containsExactly(1L);
  }

  @Test
  void touch_withoutATtr_isAsLongAsTheLastOne() {
    QueueScript script = new QueueScript(TestSettings.with().ttr(100));
    script.put(1);
    script.take(script.ann, 1);
    script.queue.touch(1, script.ann.holder, 500, script.now);
    script.queue.touch(1, script.ann.holder, 0, script.now);
    script.pass(499);
    assertThat(script.ids(State.RESERVED)).containsExactly(1L);
  }

  @Test
  void attempts_lastDeliveryFails_messageIsDeadAndMakesRoom() {
    QueueScript script = new QueueScript(TestSettings.with().capacity(1).attempts(2));
    script.put(2); // room for one
    script.take(script.ann, 1);
    script.nack(script.ann, 1, 0);
    assertThat(script.ids(State.READY)).containsExactly(1L);
    script.take(script.ann, 1);
    script.pass(100);
    assertThat(script.ids(State.DEAD)).containsExactly(1L);
    assertThat(script.ids(State.READY)).containsExactly(2L);
  }

  @Test
  void kill_anyAttempt_messageIsDeadAndItsHeadersSayHow() {
    QueueScript script = new QueueScript(TestSettings.with());
    script.put(1);
    script.take(script.ann, 1);
    script.kill(script.ann, 1);
    Return back = new Return(1, Return.End.NACK, script.now);
    assertThat(script.queue.first(State.DEAD).content().headers())
        .isEqualTo(new Death("q", 1, Death.Reason.NACK, script.now, 1, List.of(back)));
  }

  @Test
  void history_manyReturns_keepsTheLastSixteen() {
    QueueScript script = new QueueScript(TestSettings.with());
    script.put(1);
    long before = script.fixture.memory.used();
    for (int i = 0; i < 20; i++) {
      script.take(script.ann, 1);
      script.nack(script.ann, 1, 0);
    }
    List<Return> history = script.queue.first(State.READY).history();
    assertThat(history).hasSize(16);
    assertThat(history.get(0).attempt()).isEqualTo(5);
    assertThat(history.get(15).attempt()).isEqualTo(20);
    assertThat(script.fixture.memory.used()).isEqualTo(before + 16 * Message.RETURN_MEMORY);
  }

  @Test
  void deadLetter_full_takesTheDeadOverItsCapacityAndHandsThemOut() {
    QueueScript script = new QueueScript(TestSettings.with().deadLetter("dead"));
    MessageQueue dead =
        script.fixture.make("dead", TestSettings.with().capacity(1).build(), script.now);
    script.put(3);
    script.take(script.ann, 3);
    script.kill(script.ann, 1);
    script.kill(script.ann, 2);
    assertThat(QueueScript.ids(dead, State.READY)).containsExactly(4L, 5L);
    script.take(script.bob, 3, dead);
    script.take(script.bob, 1, dead);
    script.kill(script.ann, 3);
    assertThat(script.fixture.ends).endsWith("5 GRANTED [4*1, 5*1] dead", "6 GRANTED [6*1] dead");
  }

  @Test
  void deadLetter_sessionEnds_takesTheDeadInTheOrderInWhichTheyWereReserved() {
    QueueScript script = new QueueScript(TestSettings.with().attempts(1).deadLetter("dead"));
    MessageQueue dead = script.fixture.make("dead", TestSettings.of(5, 100), script.now);
    script.put(3);
    script.take(script.ann, 3);
    script.ann.holder.giveBackAll(script.now).forEach(queue -> queue.settle(script.now));
    Death first = (Death) dead.first(State.READY).content().headers();
    assertThat(first.msg()).isEqualTo(1);
    assertThat(first.reason()).isEqualTo(Death.Reason.ATTEMPTS);
    assertThat(first.history()).extracting(Return::end).containsExactly(Return.End.SESSION);
  }

  @Test
  void redrive_dead_beginsAnewAtItsOldPlaceOverTheCapacity() {
    QueueScript script = new QueueScript(TestSettings.with().capacity(2).attempts(1).ttl(50));
    script.put(2);
    script.take(script.ann, 1);
    script.pass(20);
    script.nack(script.ann, 1, 0);
    script.put(1);
    script.redrive(1);
    assertThat(script.ids(State.READY)).containsExactly(1L, 2L, 3L);
    assertThat(script.queue.first(State.READY).attempt()).isZero();
    script.pass(49);
    assertThat(script.ids(State.READY)).containsExactly(1L, 3L); // its life began anew
    assertThat(script.queue.redrive(1, script.now)).isFalse();
  }

  @Test
  void ttl_ready_isDroppedAtThatMomentAndMakesRoom() {
    QueueScript script = new QueueScript(TestSettings.with().capacity(1).ttl(50));
    script.put(2); // room for one
    script.pass(49);
    assertThat(script.ids(State.READY)).containsExactly(1L);
    script.pass(1);
    assertThat(script.ids(State.READY)).containsExactly(2L);
    assertThat(script.queue.stats(script.now).expired()).isEqualTo(1);
  }

  @Test
  void ttl_ofThePut_goesBeforeTheOneOfTheQueue() {
    QueueScript script = new QueueScript(TestSettings.with().ttl(50));
    script.put(new Terms(0, 0, 80));
    script.put(new Terms(0, 0, 0));
    script.pass(79);
    assertThat(script.ids(State.READY)).containsExactly(1L, 2L);
    script.pass(1_000_000);
    assertThat(script.ids(State.READY)).containsExactly(2L);
  }

  @Test
  void ttl_delayedForLonger_isDroppedWithoutEverBeingReady() {
    QueueScript script = new QueueScript(TestSettings.with().ttl(50));
    script.put(new Terms(0, 80, Terms.QUEUE_TTL));
    script.take(script.ann, 1);
    script.pass(50);
    assertThat(script.queue.held()).isZero();
    assertThat(script.queue.stats(script.now).takes()).isZero();
  }

  @Test
  void ttl_reserved_isDroppedWhenItWouldComeBack() {
    QueueScript script = new QueueScript(TestSettings.with().ttr(100).ttl(50));
    script.put(1);
    script.take(script.ann, 1);
    script.pass(99);
    assertThat(script.ids(State.RESERVED)).containsExactly(1L);
    script.nack(script.ann, 1, 0);
    assertThat(script.queue.held()).isZero();
    assertThat(script.fixture.memory.used()).isZero();
  }

  @Test
  void ttl_dead_doesNotAge() {
    QueueScript script = new QueueScript(TestSettings.with().ttl(50));
    script.put(1);
    script.take(script.ann, 1);
    script.kill(script.ann, 1);
    script.pass(1000);
    assertThat(script.ids(State.DEAD)).containsExactly(1L);
  }

  @Test
  void session_ends_itsWaitsGoFirstAndAreGrantedNothing() {
    QueueScript script = new QueueScript(TestSettings.with());
    script.put(1);
    script.take(script.ann, 1);
    Take waits = script.take(script.ann, 1);
    Subscription subscription = script.consume(script.ann, 1);
    script.take(script.bob, 1);
    Waiter.endAll(
        List.of(waits, subscription), Ending.CANCELLED, script.fixture.alarms, script.now);
    script.ann.holder.giveBackAll(script.now).forEach(queue -> queue.settle(script.now));
    assertThat(script.fixture.ends).endsWith("3 CANCELLED []", "4 CANCELLED", "5 GRANTED [1*2] q");
    assertThat(script.fixture.pushes).isEmpty();
  }
}
