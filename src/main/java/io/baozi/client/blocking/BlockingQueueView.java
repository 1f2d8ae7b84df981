package io.baozi.client.blocking;

import io.baozi.client.ClientOptions;
import io.baozi.client.Message;
import io.baozi.client.PeekOptions;
import io.baozi.client.PutOptions;
import io.baozi.client.Queue;
import io.baozi.client.QueueDeclaration;
import io.baozi.client.QueueStats;
import io.baozi.client.TakeOptions;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A queue on the server as Java knows blocking queues.
 *
 * <p>Such a queue has no acknowledgement: what is taken here is acknowledged at once, and returned
 * only when the server says that it is done with. A program that falls between that and its work
 * has lost the element; one that must not lose any takes and acknowledges with {@link Queue}.
 *
 * <p>What needs all elements at a time cannot be done and throws {@link
 * UnsupportedOperationException}: {@code iterator}, {@code contains}, {@code remove(Object)},
 * {@code toArray}, streams and their like.
 */
public final class BlockingQueueView<E> extends AbstractQueue<E> implements BlockingQueue<E> {
  /** Elements that a drain takes at a time. */
  private static final int BATCH = 256;

  private final Queue queue;
  private final Function<? super E, Buffer> encode;
  private final Function<Buffer, ? extends E> decode;

  private BlockingQueueView(
      Queue queue, Function<? super E, Buffer> encode, Function<Buffer, ? extends E> decode) {
    this.queue = queue;
    this.encode = encode;
    this.decode = decode;
  }

  /** A queue of bodies. */
  public static BlockingQueueView<Buffer> of(Queue queue) {
    return of(queue, body -> body, body -> body);
  }

  /**
   * A queue of what becomes a body and is read from one.
   *
   * @param decode which should not throw: what it throws on is gone
   */
  public static <E> BlockingQueueView<E> of(
      Queue queue, Function<? super E, Buffer> encode, Function<Buffer, ? extends E> decode) {
    return new BlockingQueueView<>(queue, encode, decode);
  }

  /** Puts an element, waiting for room however long that takes. */
  @Override
  public void put(E element) throws InterruptedException {
    insert(element, ClientOptions.FOREVER);
  }

  @Override
  public boolean offer(E element) {
    Buffer body = body(element);
    try {
      Waits.uninterruptibly(() -> queue.put(body, PutOptions.DEFAULT.withWait(Duration.ZERO)));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.FULL);
    }
  }

  @Override
  public boolean offer(E element, long time, TimeUnit unit) throws InterruptedException {
    try {
      insert(element, Waits.of(time, unit));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.FULL);
    }
  }

  private void insert(E element, Duration wait) throws InterruptedException {
    Buffer body = body(element);
    Waits.interruptibly(() -> queue.attemptPut(body, PutOptions.DEFAULT.withWait(wait)));
  }

  private Buffer body(E element) {
    return encode.apply(Objects.requireNonNull(element, "element"));
  }

  /** Takes an element, waiting for it however long that takes. */
  @Override
  public E take() throws InterruptedException {
    while (true) {
      E element = poll(ClientOptions.FOREVER);
      if (element != null) {
        return element;
      }
    }
  }

  @Override
  public E poll(long time, TimeUnit unit) throws InterruptedException {
    return poll(Waits.of(time, unit));
  }

  /** Null too if the reservation ran out before the acknowledgement was there. */
  private E poll(Duration wait) throws InterruptedException {
    try {
      return done(
          Waits.interruptibly(() -> queue.attemptTake(TakeOptions.ONE.withWait(wait))).get(0));
    } catch (RefusedException e) {
      Waits.refused(e, ErrorCode.EMPTY);
      return null;
    }
  }

  @Override
  public E poll() {
    try {
      return done(
          Waits.uninterruptibly(() -> queue.take(TakeOptions.ONE.withWait(Duration.ZERO))).get(0));
    } catch (RefusedException e) {
      Waits.refused(e, ErrorCode.EMPTY);
      return null;
    }
  }

  /** Acknowledges a message; null if it was reserved no longer, and is somebody else's. */
  private E done(Message message) {
    return Waits.uninterruptibly(() -> queue.ack(message)) ? decode.apply(message.body()) : null;
  }

  /** The element that would be taken next, if there is one; it may be gone by then. */
  @Override
  public E peek() {
    try {
      List<Message> next = Waits.uninterruptibly(() -> queue.peek(PeekOptions.DEFAULT));
      return next.isEmpty() ? null : decode.apply(next.get(0).body());
    } catch (RefusedException e) {
      Waits.refused(e, ErrorCode.NOT_FOUND);
      return null;
    }
  }

  @Override
  public int drainTo(Collection<? super E> target) {
    return drainTo(target, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super E> target, int most) {
    Objects.requireNonNull(target, "target");
    if (target == this) {
      throw new IllegalArgumentException("a queue cannot be drained into itself");
    }
    int drained = 0;
    try {
      while (drained < most) {
        int some = Math.min(BATCH, most - drained);
        drained += drain(target, some);
      }
    } catch (RefusedException e) {
      Waits.refused(e, ErrorCode.EMPTY);
    }
    return drained;
  }

  private int drain(Collection<? super E> target, int most) {
    TakeOptions now = TakeOptions.ONE.withMax(most).withWait(Duration.ZERO);
    List<Message> messages = Waits.uninterruptibly(() -> queue.take(now));
    List<Future<Boolean>> acks = messages.stream().map(queue::ack).toList();
    int drained = 0;
    for (int i = 0; i < acks.size(); i++) {
      Future<Boolean> ack = acks.get(i);
      if (Waits.uninterruptibly(() -> ack)) {
        target.add(decode.apply(messages.get(i).body()));
        drained++;
      }
    }
    return drained;
  }

  /** How many elements may be taken now. */
  @Override
  public int size() {
    try {
      return clamped(Waits.uninterruptibly(() -> queue.stats()).ready());
    } catch (RefusedException e) {
      Waits.refused(e, ErrorCode.NOT_FOUND);
      return 0;
    }
  }

  /** For how many elements there is room; a queue that is not there is made. */
  @Override
  public int remainingCapacity() {
    QueueStats stats =
        Waits.uninterruptibly(
            () -> queue.declare(QueueDeclaration.DEFAULT).compose(settings -> queue.stats()));
    return clamped(stats.capacity() - stats.ready() - stats.delayed() - stats.reserved());
  }

  private static int clamped(long count) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, count));
  }

  /** Drops all elements that nobody has taken. */
  @Override
  public void clear() {
    try {
      Waits.uninterruptibly(() -> queue.purge());
    } catch (RefusedException e) {
      Waits.refused(e, ErrorCode.NOT_FOUND);
    }
  }

  @Override
  public Iterator<E> iterator() {
    throw cannot("iterator");
  }

  @Override
  public Spliterator<E> spliterator() {
    throw cannot("spliterator");
  }

  @Override
  public boolean contains(Object element) {
    throw cannot("contains");
  }

  @Override
  public boolean containsAll(Collection<?> elements) {
    throw cannot("containsAll");
  }

  @Override
  public boolean remove(Object element) {
    throw cannot("remove(Object)");
  }

  @Override
  public boolean removeAll(Collection<?> elements) {
    throw cannot("removeAll");
  }

  @Override
  public boolean retainAll(Collection<?> elements) {
    throw cannot("retainAll");
  }

  @Override
  public boolean removeIf(Predicate<? super E> filter) {
    throw cannot("removeIf");
  }

  @Override
  public Object[] toArray() {
    throw cannot("toArray");
  }

  @Override
  public <T> T[] toArray(T[] array) {
    throw cannot("toArray");
  }

  private UnsupportedOperationException cannot(String method) {
    return new UnsupportedOperationException(
        method
            + ": the elements of queue "
            + queue.name()
            + " are on a server, for others to take");
  }

  @Override
  public String toString() {
    return "BlockingQueueView[" + queue.name() + "]";
  }
}
