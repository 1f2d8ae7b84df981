package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;

/**
 * Has the server forget an upload that was cut short, and leave the file of that name as it is: a
 * put of nothing takes the place of the one before, and is corrupt itself, so that nothing of it is
 * kept. On the context only.
 */
final class Forgetting {
  /** No bytes have this checksum that anybody knows of. */
  private static final String NO_SUM = "0".repeat(64);

  /** The pause until it is tried again, in milliseconds. */
  private static final long PAUSE = 20;

  private final Streams streams;
  private final String name;
  private final Fence fence;
  private final long deadline;

  private Forgetting(Streams streams, String name, Fence fence) {
    this.streams = streams;
    this.name = name;
    this.fence = fence;
    this.deadline = System.nanoTime() + streams.options().timeout().toNanos();
  }

  /** Fails if the server cannot be told within the client's timeout. */
  static Future<Void> of(Streams streams, String name, Fence fence) {
    return new Forgetting(streams, name, fence).attempt();
  }

  private Future<Void> attempt() {
    return streams.open().compose(this::ask).recover(this::again);
  }

  private Future<Void> ask(StreamLink link) {
    Promise<Void> answer = streams.home().promise();
    long timer =
        streams
            .home()
            .vertx()
            .setTimer(
                left(), t -> answer.tryFail(new RefusedException(ErrorCode.TIMEOUT, "no answer")));
    new Dialogue(link, reply -> reply.refusal().ifPresent(answer::tryFail), answer::tryFail)
        .ask(Operation.FILE_PUT, "name", name, "sha256", NO_SUM, "fence", Fence.json(fence))
        .<Void>mapEmpty()
        .onComplete(v -> answer.tryComplete(), answer::tryFail);
    return answer
        .future()
        .onComplete(
            v -> {
              streams.home().vertx().cancelTimer(timer);
              link.abort();
            });
  }

  private long left() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  /** The server may not have noticed yet that the connection before is cut. */
  private Future<Void> again(Throwable why) {
    if (why instanceof RefusedException refusal && refusal.code() == ErrorCode.CORRUPT) {
      return Future.succeededFuture();
    }
    boolean passes =
        !(why instanceof RefusedException refusal) || refusal.code() == ErrorCode.CONFLICT;
    return passes && System.nanoTime() < deadline
        ? streams.home().vertx().timer(PAUSE, TimeUnit.MILLISECONDS).compose(t -> attempt())
        : Future.failedFuture(why);
  }
}
