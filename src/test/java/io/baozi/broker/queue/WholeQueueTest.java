package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.waiting.Alarms;
import org.junit.jupiter.api.Test;

final class WholeQueueTest {
  private final QueueScript script = new QueueScript(TestSettings.with().capacity(3));

  @Test
  void pause_messagesReady_nobodyGetsAnyUntilResumed() {
    script.consume(script.bob, 1);
    script.queue.pause();
    script.put(2);
    script.take(script.ann, 1);
    assertThat(script.fixture.pushes).isEmpty();
    script.queue.resume(script.now);
    assertThat(script.fixture.pushes).containsExactly("1 1*1");
    assertThat(script.fixture.ends).endsWith("4 GRANTED [2*1] q");
  }

  @Test
  void purge_full_removesReadyAndDelayedAndLetsPutsGoOn() {
    script.put(2);
    script.put(new Terms(0, 50, Terms.QUEUE_TTL));
    script.take(script.ann, 1);
    script.put(1); // no room
    assertThat(script.queue.purge(script.now)).isEqualTo(2);
    assertThat(script.ids(State.RESERVED)).containsExactly(1L);
    assertThat(script.ids(State.READY)).containsExactly(4L);
  }

  @Test
  void purgeDead_dead_removesThemOnly() {
    script.put(2);
    script.take(script.ann, 1);
    script.kill(script.ann, 1);
    assertThat(script.queue.purgeDead()).isEqualTo(1);
    assertThat(script.ids(State.DEAD)).isEmpty();
    assertThat(script.ids(State.READY)).containsExactly(2L);
  }

  @Test
  void join_somethingReservedOrDelayed_waitsForIt() {
    script.put(1);
    script.put(new Terms(0, 50, 60));
    script.take(script.ann, 1);
    script.join(Alarms.NEVER);
    script.ack(script.ann, 1);
    assertThat(script.queue.stats(script.now).waitingJoins()).isEqualTo(1);
    script.pass(60);
    assertThat(script.fixture.ends).endsWith("4 GRANTED");
  }

  @Test
  void join_onlyTheDeadAreLeft_isGrantedAtOnce() {
    script.put(1);
    script.take(script.ann, 1);
    script.kill(script.ann, 1);
    script.join(script.now);
    assertThat(script.fixture.ends).endsWith("3 GRANTED");
  }

  @Test
  void join_roomIsTakenByWhoeverWaits_waitsOn() {
    QueueScript small = new QueueScript(TestSettings.with().capacity(1));
    small.put(2); // room for one
    small.join(small.now + 10);
    small.take(small.ann, 1);
    small.ack(small.ann, 1);
    small.pass(10);
    assertThat(small.fixture.ends).endsWith("3 TIMED_OUT");
  }

  @Test
  void delete_manyWait_allAreToldAndNothingIsLeft() {
    MessageQueue other = script.fixture.make("other", TestSettings.of(3, 100), script.now);
    script.put(3);
    script.put("waits");
    script.put("waits");
    script.join(Alarms.NEVER);
    script.consume(script.ann, 3);
    script.take(script.bob, 1, other, script.queue);
    script.fixture.ends.clear();
    script.queue.delete(script.now);
    assertThat(script.fixture.ends)
        .containsExactlyInAnyOrder(
            "4 DELETED [0]", "5 DELETED [0]", "6 DELETED", "7 DELETED", "8 DELETED []");
    assertThat(script.ann.holder.size()).isZero();
    assertThat(other.stats(script.now).waitingTakes()).isZero();
    assertThat(script.fixture.memory.used()).isZero();
    assertThat(script.fixture.alarms.size()).isZero();
  }

  @Test
  void take_fromSeveral_isAnsweredFromTheFirstThatHasSomething() {
    MessageQueue other = script.fixture.make("other", TestSettings.of(3, 100), script.now);
    script.put(1);
    script.take(script.ann, 1, other, script.queue);
    assertThat(script.fixture.ends).endsWith("2 GRANTED [1*1] q");
  }

  @Test
  void take_waitsAtSeveral_leavesAllWhenOneServes() {
    MessageQueue other = script.fixture.make("other", TestSettings.of(3, 100), script.now);
    script.take(script.ann, 1, other, script.queue);
    script.put(1);
    assertThat(script.fixture.ends).contains("1 GRANTED [1*1] q");
    assertThat(other.stats(script.now).waitingTakes()).isZero();
  }

  @Test
  void maxBytes_noRoomForTheBody_waitsThoughTheCapacityHasRoom() {
    QueueScript small = new QueueScript(TestSettings.with().maxBytes(10));
    small.queue.put(small.fixture.new TestPut(1, false, 8), Alarms.NEVER, small.now);
    small.queue.put(small.fixture.new TestPut(2, false, 3), Alarms.NEVER, small.now);
    assertThat(small.queue.waitingPuts()).isEqualTo(1);
    small.take(small.ann, 1);
    small.ack(small.ann, 1);
    assertThat(small.queue.waitingPuts()).isZero();
  }

  @Test
  void maxBytes_eachWithOneThatNeverFits_putsTheOthers() {
    QueueScript small = new QueueScript(TestSettings.with().maxBytes(10));
    small.queue.put(small.fixture.new TestPut(1, true, 4, 11, 4), small.now, small.now);
    assertThat(small.fixture.ends).containsExactly("1 GRANTED [1, -1, 2]");
  }
}
