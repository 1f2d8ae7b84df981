package io.baozi.client;

import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.Header;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.io.IOException;

/** A TCP connection whose other end has to speak frames: bytes that are none close it. */
abstract class TcpFrames implements FrameHandler {
  final NetSocket socket;

  /** Why it is closed or about to be; null as long as nobody has said. */
  private Throwable cause;

  TcpFrames(NetSocket socket) {
    this.socket = socket;
    socket.exceptionHandler(e -> cause = e);
  }

  final Throwable cause() {
    return cause == null ? new IOException("the connection was closed") : cause;
  }

  /** Says why it is about to be closed. */
  final void because(Throwable why) {
    cause = why;
  }

  /**
   * Closes it at once, whatever is still to be written: below Vert.x, which would wait until that
   * has left.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
  final void cut() {
    ((NetSocketInternal) socket).channelHandlerContext().close();
  }

  @Override
  public final void skipped(Header header) {
    fault(new FrameFault("the server sent a body of " + header.size() + " bytes"));
  }

  @Override
  public final void fault(FrameFault fault) {
    cause = new IOException("the server does not speak Baozi frames: " + fault.message());
    socket.close();
  }
}
