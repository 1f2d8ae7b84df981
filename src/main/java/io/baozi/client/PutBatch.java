package io.baozi.client;

import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The puts of one tick that are alike: one frame, each message decided for itself. */
final class PutBatch extends Batch {
  /** What a message may take of the answer's header, if it is refused, in bytes. */
  private static final int HEADER_SHARE = 64;

  private final PutOptions options;
  private final List<Buffer> bodies = new ArrayList<>();
  private final List<Promise<Receipt>> promises = new ArrayList<>();
  private final Keys keys = new Keys();
  private long bytes;

  /** A batch of puts with these options, but each with a key of its own. */
  PutBatch(String queue, PutOptions options) {
    super(queue);
    this.options = options;
  }

  /** Whether a put is like the others and has room beside them. */
  boolean accepts(PutOptions more, Buffer body, Limits limits) {
    int headers = options.headers() == null ? 0 : options.headers().length();
    return options.isLike(more)
        && bytes + body.length() <= limits.maxMessage()
        && (long) HEADER_SHARE * (bodies.size() + 1) + headers + keys.lengthWith(more.key())
            <= limits.maxHeader() / 2;
  }

  void add(String key, Buffer body, Promise<Receipt> promise) {
    keys.add(key);
    bodies.add(body);
    promises.add(promise);
    bytes += body.length();
  }

  @Override
  int calls() {
    return promises.size();
  }

  @Override
  Outgoing outgoing(ClientOptions defaults) {
    Duration wait = defaults.waitOr(options.waitFor());
    Object[] arguments =
        bodies.size() == 1
            ? options.arguments(queue(), wait, "key", keys.first())
            : options.arguments(
                queue(), wait, "sizes", sizes(bodies), "each", true, "keys", keys.json());
    return Outgoing.of(
        Operation.QUEUE_PUT.wire(), join(bodies), defaults.patience(wait), arguments);
  }

  /** The bodies behind one another; one alone as it is. */
  static Buffer join(List<Buffer> bodies) {
    if (bodies.size() == 1) {
      return bodies.get(0);
    }
    int length = 0;
    for (Buffer body : bodies) {
      length = Math.addExact(length, body.length());
    }
    Buffer all = Buffer.buffer(length);
    bodies.forEach(all::appendBuffer);
    return all;
  }

  static long[] sizes(List<Buffer> bodies) {
    return bodies.stream().mapToLong(Buffer::length).toArray();
  }

  @Override
  void complete(Reply reply) {
    String durable = reply.header().text("durable");
    if (promises.size() == 1) {
      promises.get(0).complete(new Receipt((Long) reply.header().get("msg"), durable));
      return;
    }
    Map<Integer, RefusedException> errors = errors(reply);
    long[] ids = ids(reply);
    require(ids.length == promises.size(), "a batch of " + promises.size() + " was put");
    for (int i = 0; i < ids.length; i++) {
      require(ids[i] > 0 || errors.containsKey(i), "neither an id nor an error");
    }
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] > 0) {
        promises.get(i).complete(new Receipt(ids[i], durable));
      } else {
        promises.get(i).fail(errors.get(i));
      }
    }
  }

  private static void require(boolean claim, String otherwise) {
    if (!claim) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  @Override
  void fail(Throwable cause) {
    promises.forEach(promise -> promise.fail(cause));
  }

  private static long[] ids(Reply reply) {
    Object msgs = reply.header().get("msgs");
    if (msgs instanceof long[] ids) {
      return ids;
    }
    Long[] withNulls = ((Json) msgs).as(Long[].class);
    long[] ids = new long[withNulls.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = withNulls[i] == null ? 0 : withNulls[i];
    }
    return ids;
  }

  private static Map<Integer, RefusedException> errors(Reply reply) {
    if (!(reply.header().get("errors") instanceof Json json)) {
      return Map.of();
    }
    Map<Integer, RefusedException> errors = new HashMap<>();
    for (Refusal refusal : json.as(Refusal[].class)) {
      errors.put(
          refusal.at(),
          new RefusedException(
              ErrorCode.of(refusal.error()).orElse(ErrorCode.INTERNAL), refusal.message()));
    }
    return errors;
  }

  /** One of the messages of a batch that was refused. */
  private record Refusal(int at, String error, String message) {}
}
