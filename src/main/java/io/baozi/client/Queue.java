package io.baozi.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.baozi.frame.Json;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A bounded queue on the server, in which producers and consumers wait for each other. */
public final class Queue {
  private static final Buffer EMPTY = Buffer.buffer(0);

  /** Digits of an id and its comma. */
  private static final int LONGEST_ID = 17;

  private final Client client;
  private final String name;

  Queue(Client client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The queue's name. */
  public String name() {
    return name;
  }

  /** Puts a message, waiting for room as long as the client's options say. */
  public Future<Receipt> put(Buffer body) {
    return put(body, PutOptions.DEFAULT);
  }

  /**
   * Puts a message. Puts of one tick with the same options travel in one frame; each is decided for
   * itself.
   *
   * @return completes once the server has it; fails with {@code full} if there was no room in time
   */
  public Future<Receipt> put(Buffer body, PutOptions options) {
    Duration wait = options.waitFor() == null ? client.options().waitFor() : options.waitFor();
    return client.pipeline().put(new PutBatch.Key(name, wait, options.headers()), body);
  }

  /**
   * Takes one message, waiting for it as long as the client's options say.
   *
   * @return fails with {@code empty} if there was none in time
   */
  public Future<Message> take() {
    return take(TakeOptions.ONE).map(messages -> messages.get(0));
  }

  /**
   * Takes messages; they are reserved until acknowledged, or until their ttr or the session ends.
   *
   * @return at least one, in order; fails with {@code empty} if there was none in time
   */
  public Future<List<Message>> take(TakeOptions options) {
    Duration wait = options.waitFor() == null ? client.options().waitFor() : options.waitFor();
    Pipeline pipeline = client.pipeline();
    return pipeline
        .call(
            Operation.QUEUE_TAKE.wire(),
            EMPTY,
            pipeline.patience(wait),
            "queue",
            name,
            "max",
            options.max(),
            "wait",
            wait.equals(ClientOptions.FOREVER) ? null : wait.toMillis(),
            "ttr",
            options.ttr() == null ? null : options.ttr().toMillis(),
            "autoAck",
            options.autoAck() ? true : null)
        .compose(reply -> Client.read(reply, Queue::messages));
  }

  /** Acknowledges a message: it is done and gone. */
  public Future<Boolean> ack(Message message) {
    return ack(List.of(message)).map(acked -> acked == 1);
  }

  /**
   * Acknowledges messages.
   *
   * @return how many of them this session held; the others are somebody else's by now, or done
   */
  public Future<Integer> ack(List<Message> messages) {
    int most = Math.max(1, client.limits().maxHeader() / 2 / LONGEST_ID);
    Future<Integer> all = Future.succeededFuture(0);
    for (int from = 0; from < messages.size(); from += most) {
      Future<Integer> some =
          ackInOneFrame(messages.subList(from, Math.min(messages.size(), from + most)));
      all = all.compose(acked -> some.map(more -> acked + more));
    }
    return all;
  }

  private Future<Integer> ackInOneFrame(List<Message> messages) {
    return client
        .call(
            Operation.QUEUE_ACK,
            EMPTY,
            "queue",
            name,
            "msgs",
            messages.stream().mapToLong(Message::msg).toArray())
        .compose(reply -> Client.read(reply, r -> Math.toIntExact((Long) r.header().get("acked"))));
  }

  /** The queue's figures; fails with {@code not_found} if it does not exist. */
  public Future<QueueStats> stats() {
    return client
        .call(Operation.QUEUE_STATS, EMPTY, "queue", name)
        .compose(reply -> Client.read(reply, r -> r.header().json().as(QueueStats.class)));
  }

  private static List<Message> messages(Reply reply) {
    Delivery[] deliveries = ((Json) reply.header().get("msgs")).as(Delivery[].class);
    long[] sizes = (long[]) reply.header().get("sizes");
    List<Message> messages = new ArrayList<>(deliveries.length);
    int from = 0;
    for (int i = 0; i < deliveries.length; i++) {
      int to = from + (int) sizes[i];
      Delivery delivery = deliveries[i];
      messages.add(
          new Message(
              reply.header().text("queue"),
              delivery.msg(),
              delivery.attempt(),
              delivery.headers() == null ? null : Json.of(delivery.headers()),
              reply.body().getBuffer(from, to)));
      from = to;
    }
    return messages;
  }

  /** One message in the answer to a take, but for its body. */
  private record Delivery(long msg, int attempt, JsonNode headers) {}
}
