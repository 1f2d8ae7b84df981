package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeysTest {
  private final QueueScript script =
      new QueueScript(TestSettings.with().capacity(2).maxBytes(100).dedup(50));

  @Test
  void key_knownWithinTheWindow_isAnsweredWithTheFirstMessage() {
    script.put("k");
    script.pass(49);
    script.put("k");
    assertThat(script.fixture.ends).containsExactly("1 GRANTED [1]", "2 GRANTED [1]");
    assertThat(script.queue.stats(script.now).puts()).isEqualTo(1);
  }

  @Test
  void key_windowIsOver_putsAnew() {
    script.put("k");
    script.pass(50);
    script.put("k");
    assertThat(script.fixture.ends).endsWith("2 GRANTED [2]");
  }

  @Test
  void key_knownOfAMessageThatIsGone_isAnsweredAllTheSame() {
    script.put("k");
    script.take(script.ann, 1);
    script.ack(script.ann, 1);
    script.put("k");
    assertThat(script.fixture.ends).endsWith("3 GRANTED [1]");
    assertThat(script.queue.held()).isZero();
  }

  @Test
  void key_knownWhileTheQueueIsFull_isAnsweredAtOnceBeforeThoseWhoWait() {
    script.put("k");
    script.put(2); // room for one
    script.put("k");
    assertThat(script.fixture.ends).endsWith("2 GRANTED [2]", "4 GRANTED [1]");
  }

  @Test
  void key_firstWaitsForRoom_theSecondWaitsWithIt() {
    script.put(2);
    script.put("k");
    script.put("k");
    assertThat(script.queue.waitingPuts()).isEqualTo(2);
    script.take(script.ann, 1);
    script.ack(script.ann, 1);
    assertThat(script.fixture.ends).contains("3 GRANTED [3]", "4 GRANTED [3]");
  }

  @Test
  void key_firstLeaves_theNextLeads() {
    script.put(2);
    Put first = script.put("k");
    script.put("k");
    script.put("k");
    script.cancel(first);
    script.take(script.ann, 1);
    script.ack(script.ann, 1);
    assertThat(script.fixture.ends).contains("3 CANCELLED [0]", "4 GRANTED [3]", "5 GRANTED [3]");
  }

  @Test
  void key_firstTwoLeaveTogether_theThirdLeads() {
    script.put(2);
    Put first = script.put("k");
    Put second = script.put("k");
    script.put("k");
    Waiter.endAll(List.of(first, second), Ending.CANCELLED, script.fixture.alarms, script.now);
    script.take(script.ann, 1);
    script.ack(script.ann, 1);
    assertThat(script.fixture.ends).endsWith("5 GRANTED [3]");
    assertThat(script.queue.stats(script.now).keys()).isEqualTo(1);
  }

  @Test
  void key_batchFollowsOneThatLeaves_needsRoomForAllOfItAgain() {
    script.put(2);
    Put first = script.put("k");
    script.put("k", null);
    script.cancel(first);
    script.take(script.ann, 2);
    script.ack(script.ann, 1);
    assertThat(script.queue.waitingPuts()).isEqualTo(1);
    script.ack(script.ann, 2);
    assertThat(script.fixture.ends).endsWith("4 GRANTED [3, 4]");
  }

  @Test
  void key_twiceInOneBatch_isOneMessage() {
    script.put("k", "k", null);
    assertThat(script.fixture.ends).containsExactly("1 GRANTED [1, 1, 2]");
  }

  @Test
  void key_eachWithoutAWait_isAnsweredForThoseThatAreKnown() {
    script.put("k");
    script.put(1);
    script.put(script.now, true, "new", "k");
    assertThat(script.fixture.ends).endsWith("3 TIMED_OUT [0, 1]");
    assertThat(script.queue.stats(script.now).keys()).isEqualTo(1);
  }

  @Test
  void key_noWindow_isForgottenOnceItsMessageIsAccepted() {
    QueueScript other = new QueueScript(TestSettings.with().dedup(0));
    other.put("k");
    other.put("k");
    assertThat(other.fixture.ends).containsExactly("1 GRANTED [1]", "2 GRANTED [2]");
    assertThat(other.queue.stats(other.now).keys()).isZero();
  }

  @Test
  void key_forgotten_givesItsMemoryBack() {
    script.put("key");
    script.take(script.ann, 1);
    script.ack(script.ann, 1);
    assertThat(script.fixture.memory.used()).isEqualTo(MessageQueue.keyMemory("key"));
    script.pass(50);
    assertThat(script.fixture.memory.used()).isZero();
    assertThat(script.fixture.alarms.size()).isZero();
  }
}
