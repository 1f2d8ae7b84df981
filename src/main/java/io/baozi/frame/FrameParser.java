package io.baozi.frame;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Bytes to frames: give it what a socket delivers, however it is cut. The prefix that announces the
 * header's length and the header itself are taken from the chunk they lie in, or, if they straddle
 * chunks, put together by a {@link RecordParser}; bodies pass it by. Every announced number is
 * checked before a byte of what it announces is buffered.
 *
 * <p>Use it as {@code socket.handler(parser)} and pause the socket, not the parser. Not
 * thread-safe: it belongs to the socket's event loop.
 */
public final class FrameParser implements Handler<Buffer> {
  private enum State {
    PREFIX,
    HEADER,
    BODY,
    FAULTED
  }

  private final FrameLimits limits;
  private final FrameHandler handler;
  private final Words words;
  private final RecordParser straddling;

  /** Whether no further frame is to be begun now. */
  private final BooleanSupplier full;

  /** What is behind the frame after which it was full; null if nothing is. */
  private Buffer rest;

  private State state = State.PREFIX;

  /** The length in bytes of the prefix or header at hand. */
  private int recordLength = Integer.BYTES;

  /** How much of the prefix or header at hand is in {@link #straddling}; less than its length. */
  private int held;

  private boolean first = true;
  private Header header;
  private Intake intake;

  /** Bytes of the body still to come. */
  private long left;

  /** The body, if it is kept whole. */
  private KeptBody kept;

  public FrameParser(FrameLimits limits, FrameHandler handler) {
    this(limits, handler, new Words(), () -> false);
  }

  /**
   * A parser that stops between two frames.
   *
   * @param words of the event loop, for all parsers on it
   * @param full whether no further frame is to be begun now: the rest of a chunk is then kept until
   *     {@link #goOn}
   */
  public FrameParser(FrameLimits limits, FrameHandler handler, Words words, BooleanSupplier full) {
    this.words = Objects.requireNonNull(words, "words");
    this.full = Objects.requireNonNull(full, "full");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.handler = Objects.requireNonNull(handler, "handler");
    this.straddling = RecordParser.newFixed(Integer.BYTES, this::joined);
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
    return state == State.BODY;
  }

  /** Whether the framing was broken; whatever follows is dropped. */
  public boolean isFaulted() {
    return state == State.FAULTED;
  }

  /** Whether something was kept that {@link #goOn} takes. */
  public boolean hasRest() {
    return rest != null;
  }

  /** Takes what was kept, as far as there is room for it. */
  public void goOn() {
    if (rest != null) {
      Buffer chunk = rest;
      rest = null;
      handle(chunk);
    }
  }

  /** Takes the next bytes of the stream; tells the handler of all that they complete. */
  @Override
  public void handle(Buffer chunk) {
    if (rest != null) {
      rest = Buffer.buffer(rest.length() + chunk.length()).appendBuffer(rest).appendBuffer(chunk);
      return;
    }
    boolean understood = false;
    try {
      frames(chunk);
      understood = true;
    } finally {
      if (!understood) { // the handler threw: the rest of the chunk is lost, and so is the framing
        state = State.FAULTED;
      }
    }
  }

  private void frames(Buffer chunk) {
    int start = 0;
    while (start < chunk.length() && state != State.FAULTED) {
      if (isBetweenFrames() && full.getAsBoolean()) {
        rest = chunk.slice(start, chunk.length());
        return;
      }
      start = state == State.BODY ? body(chunk, start) : record(chunk, start);
    }
  }

  /** Takes what the chunk has of a prefix or header; where it ends. */
  private int record(Buffer chunk, int start) {
    int missing = recordLength - held;
    int end = start + Math.min(missing, chunk.length() - start);
    if (end - start == recordLength) {
      record(chunk, start, end);
    } else {
      straddling.fixedSizeMode(recordLength);
      held += end - start;
      straddling.handle(chunk.slice(start, end));
    }
    return end;
  }

  private void joined(Buffer record) {
    held = 0;
    record(record, 0, record.length());
  }

  private void record(Buffer bytes, int start, int end) {
    if (state == State.PREFIX) {
      prefix(bytes, start);
    } else {
      header(bytes.getBytes(start, end));
    }
  }

  private void prefix(Buffer bytes, int at) {
    long length =
        limits.byteOrder() == ByteOrder.BIG_ENDIAN
            ? bytes.getUnsignedInt(at)
            : bytes.getUnsignedIntLE(at);
    if (length < FrameLimits.MIN_HEADER || length > limits.maxHeader()) {
      fault(
          foreign(bytes.slice(at, at + Integer.BYTES))
              .orElse(
                  "the header length is "
                      + length
                      + ", allowed are 2 to "
                      + limits.maxHeader()
                      + " bytes (maxHeader)"));
      return;
    }
    first = false;
    expect(State.HEADER, (int) length);
  }

  private Optional<String> foreign(Buffer prefix) {
    return first ? ForeignProtocol.recognise(prefix) : Optional.empty();
  }

  private void header(byte[] utf8) {
    try {
      header = HeaderReader.read(utf8, words);
    } catch (MalformedHeaderException e) {
      fault(e.getMessage());
      return;
    }
    left = header.size();
    if (left == 0) {
      handler.frame(next(), Buffer.buffer(0));
      return;
    }
    state = State.BODY;
    intake = handler.intake(header);
    if (intake == Intake.WHOLE && left > limits.maxMessage()) {
      intake = Intake.SKIP;
    }
    kept = intake == Intake.WHOLE ? new KeptBody((int) left) : null;
  }

  /** Takes what the chunk has of the body; where it ends. */
  private int body(Buffer chunk, int start) {
    int end = start + (int) Math.min(left, chunk.length() - start);
    left -= end - start;
    switch (intake) {
      case WHOLE -> kept.append(chunk, start, end);
      case PIECES -> handler.piece(header, chunk.slice(start, end), left);
      case SKIP -> {}
    }
    if (left == 0) {
      bodyEnded();
    }
    return end;
  }

  private void bodyEnded() {
    switch (intake) {
      case WHOLE -> {
        Buffer body = kept.bytes();
        handler.frame(next(), body);
      }
      case PIECES -> next();
      case SKIP -> handler.skipped(next());
    }
  }

  /** Turns to the next frame; the header of the one before. */
  private Header next() {
    Header completed = header;
    header = null;
    kept = null;
    expect(State.PREFIX, Integer.BYTES);
    return completed;
  }

  private void expect(State record, int length) {
    state = record;
    recordLength = length;
  }

  private void fault(String message) {
    state = State.FAULTED;
    handler.fault(new FrameFault(message));
  }
}
