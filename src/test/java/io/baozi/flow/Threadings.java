package io.baozi.flow;

import io.vertx.core.ThreadingModel;
import java.util.stream.Stream;

/** What a verticle can run on here: virtual threads only where Java has them. */
final class Threadings {
  private Threadings() {}

  static Stream<ThreadingModel> here() {
    return Runtime.version().feature() < 21
        ? Stream.of(ThreadingModel.EVENT_LOOP, ThreadingModel.WORKER)
        : Stream.of(
            ThreadingModel.EVENT_LOOP, ThreadingModel.WORKER, ThreadingModel.VIRTUAL_THREAD);
  }
}
