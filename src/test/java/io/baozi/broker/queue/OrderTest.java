package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class OrderTest {
  @Test
  void fifo_severalReady_oldestIsFirst() {
    QueueScript script = new QueueScript(TestSettings.with().order(Order.FIFO));
    script.put(3);
    assertThat(script.ids(State.READY)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void lifo_severalReady_newestIsFirst() {
    QueueScript script = new QueueScript(TestSettings.with().order(Order.LIFO));
    script.put(3);
    assertThat(script.ids(State.READY)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void priority_severalReady_lowestNumberThenOldestIsFirst() {
    QueueScript script = new QueueScript(TestSettings.with().order(Order.PRIORITY));
    for (long priority : new long[] {7, -7, 7, Long.MIN_VALUE, Long.MAX_VALUE, -7}) {
      script.put(new Terms(priority, 0, Terms.QUEUE_TTL));
    }
    assertThat(script.ids(State.READY)).containsExactly(4L, 2L, 6L, 1L, 3L, 5L);
  }

  @Test
  void lifo_messageComesBack_takesItsOldPlace() {
    QueueScript script = new QueueScript(TestSettings.with().order(Order.LIFO));
    script.put(2);
    script.take(script.ann, 1);
    script.put(1);
    script.nack(script.ann, 2, 0);
    assertThat(script.ids(State.READY)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void priority_messageComesBack_takesItsOldPlace() {
    QueueScript script = new QueueScript(TestSettings.with().order(Order.PRIORITY));
    script.put(3);
    script.take(script.ann, 2);
    script.put(new Terms(-1, 0, Terms.QUEUE_TTL));
    script.nack(script.ann, 2, 0);
    script.nack(script.ann, 1, 0);
    assertThat(script.ids(State.READY)).containsExactly(4L, 1L, 2L, 3L);
  }

  @Test
  void firstAfter_messageIsGone_goesOnBehindItsPlace() throws LostPlaceException {
    QueueScript script = new QueueScript(TestSettings.with().order(Order.LIFO));
    script.put(3);
    script.take(script.ann, 2);
    assertThat(script.queue.firstAfter(State.READY, 2).id()).isEqualTo(1);
    assertThat(script.queue.firstAfter(State.RESERVED, 1).id()).isEqualTo(2);
    assertThat(script.queue.firstAfter(State.DEAD, 1)).isNull();
  }

  @Test
  void firstAfter_messageIsGoneInAnOrderByPriority_isLost() throws LostPlaceException {
    QueueScript script = new QueueScript(TestSettings.with().order(Order.PRIORITY));
    script.put(3);
    script.take(script.ann, 1);
    assertThat(script.queue.firstAfter(State.READY, 2).id()).isEqualTo(3);
    assertThatThrownBy(() -> script.queue.firstAfter(State.READY, 1))
        .isInstanceOf(LostPlaceException.class);
  }

  @Test
  void oldestAge_eachOrder_isOfTheOneThatWasPutFirst() {
    for (Order order : Order.values()) {
      QueueScript script = new QueueScript(TestSettings.with().order(order));
      script.put(new Terms(9, 0, Terms.QUEUE_TTL));
      script.pass(5);
      script.put(2);
      assertThat(script.queue.stats(script.now).oldestAge()).as("%s", order).isEqualTo(5);
    }
  }
}
