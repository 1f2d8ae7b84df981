package io.baozi.frame;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Bytes to frames: give it what a socket delivers, however it is cut. Prefix, header and small
 * bodies are records of a {@link RecordParser}; a large or unwanted body passes it by. Every
 * announced number is checked before a byte of what it announces is buffered.
 *
 * <p>Use it as {@code socket.handler(parser)} and pause the socket, not the parser. Not
 * thread-safe: it belongs to the socket's event loop.
 */
public final class FrameParser implements Handler<Buffer> {
  /** A body above this many bytes does not become a record: records copy as they grow. */
  public static final int RECORD_CEILING = 64 * 1024;

  private static final Buffer EMPTY = Buffer.buffer(0);

  private enum State {
    PREFIX,
    HEADER,
    BODY,
    PASSING,
    FAULTED
  }

  private final FrameLimits limits;
  private final FrameHandler handler;
  private final RecordParser records;
  private State state = State.PREFIX;

  /** Bytes given to the record parser that have not come back as a record. */
  private int held;

  private boolean first = true;
  private Header header;
  private Intake intake;

  /** Bytes of a passing body still to come, those in the record parser included. */
  private long left;

  /** A large body that is kept whole, as far as it has arrived. */
  private Buffer whole;

  public FrameParser(FrameLimits limits, FrameHandler handler) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.handler = Objects.requireNonNull(handler, "handler");
    this.records = RecordParser.newFixed(Integer.BYTES, this::record);
  }

  /** Whether the stream stands between two frames. */
  public boolean isBetweenFrames() {
    return state == State.PREFIX && held == 0;
  }

  /** Whether a frame has begun and its header is not complete. */
  public boolean isInHeader() {
    return state == State.HEADER || (state == State.PREFIX && held > 0);
  }

  /** Whether a header is complete and its body is not. */
  public boolean isInBody() {
    return state == State.BODY || state == State.PASSING;
  }

  /** Whether the framing was broken; whatever follows is dropped. */
  public boolean isFaulted() {
    return state == State.FAULTED;
  }

  /** Takes the next bytes of the stream; tells the handler of all that they complete. */
  @Override
  public void handle(Buffer chunk) {
    int offset = 0;
    while (offset < chunk.length() && state != State.FAULTED) {
      if (state == State.PASSING) {
        int length = (int) Math.min(left, chunk.length() - offset);
        pass(chunk.slice(offset, offset + length));
        offset += length;
      } else {
        Buffer rest = offset == 0 ? chunk : chunk.slice(offset, chunk.length());
        offset = chunk.length();
        held += rest.length();
        records.handle(rest);
      }
    }
  }

  private void record(Buffer record) {
    held -= record.length();
    switch (state) {
      case PREFIX -> prefix(record);
      case HEADER -> header(record);
      case BODY -> complete(record);
      case PASSING -> pass(record);
      case FAULTED -> {}
    }
  }

  private void prefix(Buffer prefix) {
    long length =
        limits.byteOrder() == ByteOrder.BIG_ENDIAN
            ? prefix.getUnsignedInt(0)
            : prefix.getUnsignedIntLE(0);
    if (length < FrameLimits.MIN_HEADER || length > limits.maxHeader()) {
      fault(
          ForeignProtocol.recognise(first ? prefix : EMPTY)
              .orElse(
                  "the header length is "
                      + length
                      + ", allowed are 2 to "
                      + limits.maxHeader()
                      + " bytes (maxHeader)"));
      return;
    }
    first = false;
    state = State.HEADER;
    records.fixedSizeMode((int) length);
  }

  private void header(Buffer bytes) {
    try {
      header = Header.parse(bytes.getBytes());
    } catch (MalformedHeaderException e) {
      fault(e.getMessage());
      return;
    }
    left = header.size();
    if (left == 0) {
      complete(EMPTY);
      return;
    }
    intake = handler.intake(header);
    if (intake == Intake.WHOLE && left > limits.maxMessage()) {
      intake = Intake.SKIP;
    }
    if (intake == Intake.WHOLE && left <= RECORD_CEILING) {
      state = State.BODY;
      records.fixedSizeMode((int) left);
      return;
    }
    state = State.PASSING;
    whole = intake == Intake.WHOLE ? Buffer.buffer(RECORD_CEILING) : null;
    records.fixedSizeMode(held > 0 ? (int) Math.min(held, left) : Integer.BYTES);
  }

  private void pass(Buffer piece) {
    left -= piece.length();
    switch (intake) {
      case WHOLE -> whole.appendBuffer(piece);
      case PIECES -> handler.piece(header, piece, left);
      case SKIP -> {}
    }
    if (left > 0) {
      return;
    }
    Header passed = header;
    Buffer body = whole;
    next();
    switch (intake) {
      case WHOLE -> handler.frame(passed, body);
      case PIECES -> {}
      case SKIP -> handler.skipped(passed);
    }
  }

  private void complete(Buffer body) {
    Header completed = header;
    next();
    handler.frame(completed, body);
  }

  private void next() {
    header = null;
    whole = null;
    state = State.PREFIX;
    records.fixedSizeMode(Integer.BYTES);
  }

  private void fault(String message) {
    state = State.FAULTED;
    header = null;
    whole = null;
    handler.fault(new FrameFault(message));
  }
}
