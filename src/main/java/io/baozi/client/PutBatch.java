package io.baozi.client;

import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.AsyncResult;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The puts of one tick that are alike: one frame, each message decided for itself. */
final class PutBatch {
  /** What a message may take of the answer's header, if it is refused, in bytes. */
  private static final int HEADER_SHARE = 64;

  /** What puts must have in common to travel together. */
  record Key(String queue, Duration waitFor, Json headers) {}

  private final Key key;
  private final List<Buffer> bodies = new ArrayList<>();
  private final List<Promise<Receipt>> promises = new ArrayList<>();
  private long bytes;

  PutBatch(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  boolean hasRoom(Buffer body, Limits limits) {
    int headers = key.headers() == null ? 0 : key.headers().length();
    return bytes + body.length() <= limits.maxMessage()
        && (long) HEADER_SHARE * (bodies.size() + 1) + headers <= limits.maxHeader() / 2;
  }

  void add(Buffer body, Promise<Receipt> promise) {
    bodies.add(body);
    promises.add(promise);
    bytes += body.length();
  }

  /** One body as it is, several behind one another. */
  Buffer body() {
    if (bodies.size() == 1) {
      return bodies.get(0);
    }
    Buffer all = Buffer.buffer((int) bytes);
    bodies.forEach(all::appendBuffer);
    return all;
  }

  Object[] arguments() {
    boolean alone = bodies.size() == 1;
    return new Object[] {
      "queue", key.queue(),
      "wait", key.waitFor().equals(ClientOptions.FOREVER) ? null : key.waitFor().toMillis(),
      "headers", key.headers(),
      "sizes", alone ? null : bodies.stream().mapToLong(Buffer::length).toArray(),
      "each", alone ? null : true
    };
  }

  /** How many puts it has. */
  int size() {
    return promises.size();
  }

  void complete(AsyncResult<Reply> result) {
    if (result.failed()) {
      fail(result.cause());
      return;
    }
    try {
      complete(result.result());
    } catch (RuntimeException e) {
      fail(Client.unreadable(result.result(), e));
    }
  }

  private void complete(Reply reply) {
    String durable = reply.header().text("durable");
    if (promises.size() == 1) {
      promises.get(0).complete(new Receipt((Long) reply.header().get("msg"), durable));
      return;
    }
    Map<Integer, RefusedException> errors = errors(reply);
    long[] ids = ids(reply);
    if (ids.length != promises.size()) {
      throw new IllegalArgumentException(
          ids.length + " messages answered, " + promises.size() + " put");
    }
    for (int i = 0; i < promises.size(); i++) {
      RefusedException error = errors.get(i);
      if (error == null && ids[i] > 0) {
        promises.get(i).complete(new Receipt(ids[i], durable));
      } else {
        promises.get(i).fail(Objects.requireNonNull(error, "neither an id nor an error"));
      }
    }
  }

  void fail(Throwable cause) {
    promises.forEach(promise -> promise.tryFail(cause));
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
    Map<Integer, RefusedException> errors = new HashMap<>();
    if (reply.header().get("errors") instanceof Json json) {
      for (Refusal refusal : json.as(Refusal[].class)) {
        errors.put(
            refusal.at(),
            new RefusedException(
                ErrorCode.of(refusal.error()).orElse(ErrorCode.INTERNAL), refusal.message()));
      }
    }
    return errors;
  }

  /** One of the messages of a batch that was refused. */
  private record Refusal(int at, String error, String message) {}
}
