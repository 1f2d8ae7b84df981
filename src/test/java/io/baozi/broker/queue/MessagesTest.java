package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class MessagesTest {
  private static final int MANY = 100_000;

  /** Of a random tree of so many nodes the depth is about 42, and hardly ever twice that. */
  private static final int DEEP = 85;

  @Test
  void messages_randomAddsAndRemoves_areAsATreeSet() {
    for (Order order : Order.values()) {
      for (long seed = 0; seed < 60; seed++) {
        new Run(order, seed).go();
      }
    }
  }

  @Test
  void depth_manyAscendingIds_isLogarithmic() {
    for (Order order : Order.values()) {
      Messages messages = new Messages(order);
      for (long id = 1; id <= MANY; id++) {
        messages.add(message(id, 0));
      }
      assertThat(depth(messages)).as("%s", order).isLessThan(DEEP);
      for (int i = 0; i < MANY / 2; i++) {
        messages.remove(messages.first());
      }
      assertThat(depth(messages)).as("half of it, %s", order).isLessThan(DEEP);
    }
  }

  @Test
  void add_inASetAlready_isRefused() {
    Messages messages = new Messages(Order.FIFO);
    Message message = message(1, 0);
    messages.add(message);
    assertThatThrownBy(() -> messages.add(message)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Messages(Order.FIFO).add(message))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void remove_ofAnotherSet_isRefused() {
    Messages messages = new Messages(Order.FIFO);
    assertThatThrownBy(() -> messages.remove(message(1, 0)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Message message(long id, long priority) {
    Terms terms = new Terms(priority, 0, Terms.QUEUE_TTL);
    return new Message(null, id, new Content(new byte[0], null, 0, terms), 0);
  }

  private static int depth(Messages messages) {
    Message root = messages.first();
    while (root.parent != null) {
      root = root.parent;
    }
    return depth(root);
  }

  private static int depth(Message message) {
    return message == null ? 0 : 1 + Math.max(depth(message.left), depth(message.right));
  }

  /** One seed's set, and a sorted set of the same. */
  private static final class Run {
    private final Order order;
    private final long seed;
    private final Random random;
    private final Messages messages;
    private final TreeSet<Message> expected;
    private final List<Message> all = new ArrayList<>();

    Run(Order order, long seed) {
      this.order = order;
      this.seed = seed;
      this.random = new Random(seed);
      this.messages = new Messages(order);
      Comparator<Message> byId = Comparator.comparingLong(Message::id);
      this.expected =
          new TreeSet<>(
              switch (order) {
                case FIFO -> byId;
                case LIFO -> byId.reversed();
                case PRIORITY -> Comparator.comparingLong(Message::priority).thenComparing(byId);
              });
    }

    void go() {
      for (int step = 0; step < 400; step++) {
        if (expected.isEmpty() || random.nextInt(9) < 5) {
          add();
        } else {
          remove();
        }
        look();
      }
    }

    /** A new one, as a put does, or one that was taken out before, as a return does. */
    private void add() {
      List<Message> out = all.stream().filter(message -> message.in == null).toList();
      Message message =
          out.isEmpty() || random.nextBoolean()
              ? message(all.size() + 1L, random.nextInt(5) - 2)
              : out.get(random.nextInt(out.size()));
      if (message.id() > all.size()) {
        all.add(message);
      }
      messages.add(message);
      expected.add(message);
    }

    private void remove() {
      Message message =
          random.nextBoolean() ? messages.first() : all.get(random.nextInt(all.size()));
      if (expected.remove(message)) {
        messages.remove(message);
      }
    }

    private void look() {
      Message any = all.get(random.nextInt(all.size()));
      String where = "%s, seed %d".formatted(order, seed);
      assertThat(messages.size()).as(where).isEqualTo(expected.size());
      assertThat(messages.first()).as(where).isSameAs(expected.isEmpty() ? null : expected.first());
      assertThat(messages.last()).as(where).isSameAs(expected.isEmpty() ? null : expected.last());
      assertThat(messages.firstAfter(any.priority(), any.id()))
          .as(where)
          .isSameAs(expected.higher(any));
      if (expected.contains(any)) {
        assertThat(messages.after(any)).as(where).isSameAs(expected.higher(any));
      }
      if (order != Order.PRIORITY) {
        assertThat(messages.find(any.id())).as(where).isSameAs(any.in == null ? null : any);
      }
    }
  }
}
