package io.baozi.broker;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Bodies between the plain arrays that the cores keep and the buffers that travel. */
final class Bodies {
  private Bodies() {}

  /**
   * The arrays behind one another, not copied: the writer copies them once, into its own buffer.
   */
  static Buffer join(byte[]... bodies) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bodies));
  }
}
