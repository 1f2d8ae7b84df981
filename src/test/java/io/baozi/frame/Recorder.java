package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Keeps what a parser tells, in a form that does not depend on how the stream was cut: the pieces
 * of a body are joined. The key {@code intake} of a header says what becomes of its body.
 */
final class Recorder implements FrameHandler {
  /** Something that a parser told; the body as text of one character a byte. */
  record Event(String kind, String header, String body) {}

  private final List<Event> events = new ArrayList<>();
  private final Function<Header, Intake> intake;
  private Buffer pieces = Buffer.buffer();

  Recorder() {
    this(Recorder::named);
  }

  private static Intake named(Header header) {
    return Arrays.stream(Intake.values())
        .filter(intake -> intake.name().equals(header.text("intake")))
        .findFirst()
        .orElse(Intake.WHOLE);
  }

  Recorder(Function<Header, Intake> intake) {
    this.intake = intake;
  }

  List<Event> events() {
    return events;
  }

  @Override
  public Intake intake(Header header) {
    return intake.apply(header);
  }

  @Override
  public void frame(Header header, Buffer body) {
    add("frame", header, body);
  }

  @Override
  public void piece(Header header, Buffer piece, long left) {
    assertThat(piece.length()).isPositive();
    pieces.appendBuffer(piece);
    assertThat(left).isEqualTo(header.size() - pieces.length());
    if (left == 0) {
      add("pieces", header, pieces);
      pieces = Buffer.buffer();
    }
  }

  @Override
  public void skipped(Header header) {
    add("skipped", header, Buffer.buffer());
  }

  @Override
  public void fault(FrameFault fault) {
    events.add(new Event("fault", fault.message(), ""));
  }

  private void add(String kind, Header header, Buffer body) {
    events.add(new Event(kind, header.toString(), body.toString("ISO-8859-1")));
  }

  /** What a parser tells of these chunks. */
  static List<Event> events(FrameLimits limits, Iterable<Buffer> chunks) {
    Recorder recorder = new Recorder();
    FrameParser parser = new FrameParser(limits, recorder);
    chunks.forEach(parser::handle);
    return recorder.events();
  }
}
