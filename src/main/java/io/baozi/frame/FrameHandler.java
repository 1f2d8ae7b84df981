package io.baozi.frame;

import io.vertx.core.buffer.Buffer;

/** What a {@link FrameParser} tells of the frames that it finds, in the order of the stream. */
public interface FrameHandler {
  /**
   * A header with a body is complete; the answer says what becomes of the body. A body above {@link
   * FrameLimits#maxMessage()} is never kept whole: it is skipped instead.
   */
  default Intake intake(Header header) {
    return Intake.WHOLE;
  }

  /** A frame is complete; the body is empty or was asked for {@linkplain Intake#WHOLE whole}. */
  void frame(Header header, Buffer body);

  /**
   * Some bytes of a body that was asked for in {@linkplain Intake#PIECES pieces}.
   *
   * @param piece at least one byte; a view of what the socket delivered, which it keeps alive
   * @param left bytes of this body still to come; 0 with the last piece
   */
  default void piece(Header header, Buffer piece, long left) {
    throw new IllegalStateException("a body was asked for in pieces and nobody takes them");
  }

  /** A body has been {@linkplain Intake#SKIP skipped} to its end. */
  void skipped(Header header);

  /** The framing is broken. The parser drops whatever follows. */
  void fault(FrameFault fault);
}
