package io.baozi.client;

import io.baozi.frame.Json;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A put of several messages, all or none. */
final class PutAll {
  private PutAll() {}

  /** Puts at least one body. */
  static Attempt<List<Receipt>> attempt(
      Client client, String queue, List<Buffer> bodies, List<String> keys, PutOptions options) {
    Duration wait = client.options().waitOr(options.waitFor());
    Object[] arguments =
        options.arguments(
            queue,
            wait,
            "sizes",
            PutBatch.sizes(bodies),
            "keys",
            keys.stream().anyMatch(Objects::nonNull) ? Json.of(keys) : null);
    return client
        .pipeline()
        .attempt(
            Outgoing.of(
                Operation.QUEUE_PUT.wire(),
                PutBatch.join(bodies),
                client.options().patience(wait),
                arguments),
            answer -> answer.compose(reply -> Client.read(reply, r -> receipts(r, bodies.size()))),
            null);
  }

  private static List<Receipt> receipts(Reply reply, int size) {
    long[] msgs = (long[]) reply.header().get("msgs");
    if (msgs.length != size) {
      throw new IllegalArgumentException(msgs.length + " messages answered, " + size + " put");
    }
    String durable = reply.header().text("durable");
    List<Receipt> receipts = new ArrayList<>(size);
    for (long msg : msgs) {
      receipts.add(new Receipt(msg, durable));
    }
    return receipts;
  }
}
