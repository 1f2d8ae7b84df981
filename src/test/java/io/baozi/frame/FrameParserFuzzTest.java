package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.baozi.frame.Recorder.Event;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.util.List;

/** Run by {@code make fuzz}; as a plain test it goes through its seeds and what was once found. */
class FrameParserFuzzTest {
  private static final int CHOICES = 3;

  /** The first three bytes choose the limits and where to cut, the rest is the stream. */
  @FuzzTest
  void stream_ofAnyBytes_yieldsTheSameEventsHoweverCut(byte[] data) {
    if (data.length < CHOICES) {
      return;
    }
    FrameLimits limits =
        new FrameLimits(
            2 + (data[0] & 0xff),
            (data[1] & 0x7f) * 2,
            data[1] < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    Buffer stream = Buffer.buffer(data).slice(CHOICES, data.length);
    List<Event> events = Recorder.events(limits, List.of(stream));

    assertThat(Recorder.events(limits, Cuts.byteByByte(stream))).isEqualTo(events);
    int cut = (data[2] & 0xff) * stream.length() / 0xff;
    assertThat(Recorder.events(limits, Cuts.inTwo(stream, cut))).isEqualTo(events);
    assertThat(events.stream().limit(Math.max(0, events.size() - 1)))
        .noneMatch(event -> event.kind().equals("fault"));
    assertThat(events)
        .noneMatch(
            event -> event.kind().equals("frame") && event.body().length() > limits.maxMessage());
  }
}
