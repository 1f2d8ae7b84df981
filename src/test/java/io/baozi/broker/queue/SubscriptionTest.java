package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.waiting.Ending;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
  private final QueueScript script = new QueueScript(TestSettings.with());

  @Test
  void consume_severalReady_pushesAsManyAsTheCreditAllows() {
    script.put(3);
    script.consume(script.ann, 2);
    assertThat(script.fixture.pushes).containsExactly("4 1*1", "4 2*1");
    assertThat(script.ids(State.READY)).containsExactly(3L);
  }

  @Test
  void ack_creditWasUsedUp_makesRoomForAnother() {
    script.put(3);
    script.consume(script.ann, 1);
    script.ack(script.ann, 1);
    assertThat(script.fixture.pushes).containsExactly("4 1*1", "4 2*1");
  }

  @Test
  void ttr_runsOut_makesRoomForAnother() {
    script.put(1);
    script.consume(script.ann, 1);
    script.pass(100);
    assertThat(script.fixture.pushes).containsExactly("2 1*1", "2 1*2");
  }

  @Test
  void messages_severalWait_goRoundAmongSubscriptionsAndTakes() {
    script.consume(script.ann, 9);
    script.take(script.bob, 1);
    script.consume(script.bob, 9);
    script.put(5);
    assertThat(script.fixture.pushes).containsExactly("1 1*1", "3 3*1", "1 4*1", "3 5*1");
    assertThat(script.fixture.ends).contains("2 GRANTED [2*1] q");
  }

  @Test
  void flow_stopped_isHandedNothingUntilItGoesOn() {
    Subscription subscription = script.consume(script.ann, 9);
    script.ann.window = 0;
    subscription.regulate(script.now);
    script.put(2);
    assertThat(script.fixture.pushes).isEmpty();
    script.ann.window = 2;
    subscription.regulate(script.now);
    assertThat(script.fixture.pushes).containsExactly("1 1*1", "1 2*1");
  }

  @Test
  void flow_stoppedByAnotherSubscription_isHandedNothing() {
    script.ann.window = 1;
    script.consume(script.ann, 9);
    Subscription second = script.consume(script.ann, 9);
    script.put(2);
    assertThat(script.fixture.pushes).containsExactly("1 1*1");
    script.ann.unread = 0;
    second.regulate(script.now);
    assertThat(script.fixture.pushes).containsExactly("1 1*1", "2 2*1");
  }

  @Test
  void cancel_holdsMessages_theyStayReserved() {
    script.put(2);
    Subscription subscription = script.consume(script.ann, 1);
    subscription.end(Ending.CANCELLED, script.fixture.alarms, script.now);
    assertThat(script.ids(State.RESERVED)).containsExactly(1L);
    script.ack(script.ann, 1);
    assertThat(script.fixture.pushes).containsExactly("3 1*1");
    assertThat(script.queue.stats(script.now).consumers()).isZero();
  }
}
