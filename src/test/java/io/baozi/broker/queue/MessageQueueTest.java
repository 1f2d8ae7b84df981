package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageQueueTest {
  private static final long NOW = 1000;
  private static final long TTR = 100;

  private final QueueFixture fixture = new QueueFixture();
  private final MessageQueue queue = fixture.make("q", TestSettings.of(3, TTR), 0);
  private final TestSession ann = new TestSession();
  private final TestSession bob = new TestSession();
  private int number;

  @Test
  void take_severalReady_bringsTheOldestFirst() {
    put(Alarms.NEVER, false, 1, 1, 1);
    take(ann, 2, NOW);
    assertThat(fixture.ends).containsExactly("1 GRANTED [1, 2, 3]", "2 GRANTED [1*1, 2*1] q");
  }

  @Test
  void put_full_waitsUntilAMessageIsAcknowledged() {
    put(Alarms.NEVER, false, 1, 1, 1);
    put(Alarms.NEVER, false, 1);
    take(ann, 1, NOW);
    assertThat(queue.waitingPuts()).isEqualTo(1);
    queue.acknowledge(1, ann.holder, NOW);
    queue.settle(NOW);
    assertThat(fixture.ends).endsWith("2 GRANTED [4]");
    assertThat(queue.waitingPuts()).isZero();
  }

  @Test
  void put_fullAndNoWait_timesOutAtOnce() {
    put(Alarms.NEVER, false, 1, 1, 1);
    put(NOW, false, 1);
    assertThat(fixture.ends).endsWith("2 TIMED_OUT [0]");
    assertThat(queue.waitingPuts()).isZero();
  }

  @Test
  void put_batchLargerThanTheRoom_putsNothingUntilThereIsRoomForAll() {
    put(Alarms.NEVER, false, 1, 1);
    put(NOW + 50, false, 1, 1);
    assertThat(queue.count(State.READY)).isEqualTo(2);
    fixture.alarms.ring(NOW + 50);
    assertThat(fixture.ends).endsWith("2 TIMED_OUT [0, 0]");
  }

  @Test
  void put_each_putsWhatFitsAndWaitsForTheRest() {
    put(NOW + 50, true, 1, 1, 1, 1, 1);
    assertThat(queue.count(State.READY)).isEqualTo(3);
    assertThat(fixture.ends).isEmpty();
    fixture.alarms.ring(NOW + 50);
    assertThat(fixture.ends).containsExactly("1 TIMED_OUT [1, 2, 3, 0, 0]");
  }

  @Test
  void put_eachWithoutAWaitWhileTakesWait_goesOnAsTheyMakeRoom() {
    for (int i = 0; i < 4; i++) {
      MessageQueue.take(
          fixture.new TestTake(10 + i, ann, 1, 0, true), List.of(queue), Alarms.NEVER, NOW);
    }
    put(NOW, true, 1, 1, 1, 1, 1, 1, 1);
    assertThat(fixture.ends).contains("1 GRANTED [1, 2, 3, 4, 5, 6, 7]");
  }

  @Test
  void put_withoutAWait_doesNotPassThoseWhoWait() {
    put(Alarms.NEVER, false, 1, 1);
    put(Alarms.NEVER, false, 1, 1); // room for one only
    put(NOW, false, 1);
    assertThat(fixture.ends).containsExactly("1 GRANTED [1, 2]", "3 TIMED_OUT [0]");
  }

  @Test
  void put_firstInLineTimesOut_letsTheSmallerOneBehindIn() {
    put(Alarms.NEVER, false, 1, 1);
    put(NOW + 10, false, 1, 1);
    put(Alarms.NEVER, false, 1);
    fixture.alarms.ring(NOW + 10);
    assertThat(fixture.ends).endsWith("2 TIMED_OUT [0, 0]", "3 GRANTED [3]");
  }

  @Test
  void take_empty_waitsForTheNextPut() {
    take(ann, 1, Alarms.NEVER);
    take(bob, 1, Alarms.NEVER);
    put(NOW, false, 1);
    assertThat(fixture.ends).contains("1 GRANTED [1*1] q");
    assertThat(queue.stats(NOW).waitingTakes()).isEqualTo(1);
    assertThat(ann.holder.size()).isEqualTo(1);
  }

  @Test
  void take_emptyAndNoWait_timesOutAtOnce() {
    take(ann, 1, NOW);
    assertThat(fixture.ends).containsExactly("1 TIMED_OUT []");
  }

  @Test
  void take_answerHoldsNoMore_bringsWhatFits() {
    put(NOW, false, 60, 4, 1);
    take(ann, 3, NOW);
    assertThat(fixture.ends).endsWith("2 GRANTED [1*1, 2*1] q");
  }

  @Test
  void take_firstMessageOverTheLimit_bringsItAlone() {
    put(NOW, false, 200, 1);
    take(ann, 3, NOW);
    assertThat(fixture.ends).endsWith("2 GRANTED [1*1] q");
  }

  @Test
  void take_autoAck_removesAtOnce() {
    put(NOW, false, 10);
    MessageQueue.take(fixture.new TestTake(2, ann, 1, 0, true), List.of(queue), NOW, NOW);
    assertThat(queue.count(State.RESERVED)).isZero();
    assertThat(queue.stats(NOW).acks()).isEqualTo(1);
    assertThat(queue.bytes()).isZero();
    assertThat(fixture.memory.used()).isZero();
  }

  @Test
  void reservation_ttrRunsOut_messageTakesItsOldPlace() {
    put(NOW, false, 1, 1, 1);
    take(ann, 1, NOW);
    fixture.alarms.ring(NOW + TTR - 1);
    assertThat(queue.count(State.RESERVED)).isEqualTo(1);
    fixture.alarms.ring(NOW + TTR);
    take(bob, 3, NOW + TTR);
    assertThat(fixture.ends).endsWith("3 GRANTED [1*2, 2*1, 3*1] q");
    assertThat(ann.holder.size()).isZero();
  }

  @Test
  void reservation_ttrRunsOutWhileATakeWaits_passesToIt() {
    put(NOW, false, 1);
    take(ann, 1, NOW);
    take(bob, 1, Alarms.NEVER);
    fixture.alarms.ring(NOW + TTR);
    assertThat(fixture.ends).endsWith("3 GRANTED [1*2] q");
    assertThat(queue.acknowledge(1, ann.holder, NOW + TTR)).isFalse();
    assertThat(queue.acknowledge(1, bob.holder, NOW + TTR)).isTrue();
  }

  @Test
  void acknowledge_notHeld_isFalse() {
    put(NOW, false, 1, 1);
    take(ann, 1, NOW);
    assertThat(queue.acknowledge(2, ann.holder, NOW)).isFalse();
    assertThat(queue.acknowledge(1, bob.holder, NOW)).isFalse();
    assertThat(queue.acknowledge(77, ann.holder, NOW)).isFalse();
    assertThat(queue.acknowledge(1, ann.holder, NOW)).isTrue();
    assertThat(queue.acknowledge(1, ann.holder, NOW)).isFalse();
  }

  @Test
  void holder_gone_messagesTakeTheirOldPlacesInOneStep() {
    put(NOW, false, 1, 1, 1);
    take(ann, 2, NOW);
    take(bob, 3, NOW);
    take(bob, 2, Alarms.NEVER);
    ann.holder.giveBackAll(NOW).forEach(queue -> queue.settle(NOW));
    assertThat(fixture.ends).endsWith("4 GRANTED [1*2, 2*2] q");
    assertThat(ann.holder.size()).isZero();
    assertThat(fixture.alarms.size()).isEqualTo(3);
  }

  @Test
  void waits_endedTogether_noneIsServedByTheEndOfAnother() {
    put(NOW, false, 1, 1); // room for one
    Put large = fixture.new TestPut(2, false, 1, 1);
    Put small = fixture.new TestPut(3, false, 1);
    queue.put(large, Alarms.NEVER, NOW);
    queue.put(small, Alarms.NEVER, NOW);
    Waiter.endAll(List.of(large, small), Ending.CANCELLED, fixture.alarms, NOW);
    assertThat(fixture.ends).endsWith("2 CANCELLED [0, 0]", "3 CANCELLED [0]");
    assertThat(queue.count(State.READY)).isEqualTo(2);
  }

  @Test
  void oldestAge_messageReady_isSinceItsPut() {
    assertThat(queue.stats(NOW).oldestAge()).isZero();
    put(NOW, false, 1);
    assertThat(queue.stats(NOW + 7).oldestAge()).isEqualTo(7);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> TestSettings.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestSettings.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void put_ofNothing_isRefused() {
    assertThatThrownBy(() -> fixture.new TestPut(1, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void put(long deadline, boolean each, int... lengths) {
    queue.put(fixture.new TestPut(++number, each, lengths), deadline, NOW);
  }

  private void take(TestSession session, int max, long deadline) {
    long now = deadline == Alarms.NEVER ? NOW : deadline;
    MessageQueue.take(
        fixture.new TestTake(++number, session, max, 0, false), List.of(queue), deadline, now);
  }
}
