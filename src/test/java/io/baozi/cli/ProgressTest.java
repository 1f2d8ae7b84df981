package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress();

  @Test
  void summary_refusedFromALineOn_namesIt() {
    progress.send(5);
    LongStream.of(2, 1, 3).forEach(progress::acknowledge);
    progress.refuse(new RefusedException(ErrorCode.SHUTTING_DOWN, "down"));
    progress.refuse(new RefusedException(ErrorCode.SHUTTING_DOWN, "down"));
    assertThat(progress.acknowledged()).isEqualTo(3);
    assertThat(progress.summary("q"))
        .isEqualTo("3 messages put in q, line 4 is the first that was not acknowledged");
  }

  @Test
  void summary_laterLinesAcknowledged_saysHowMany() {
    progress.send(5);
    LongStream.of(1, 4, 5).forEach(progress::acknowledge);
    progress.refuse(new RefusedException(ErrorCode.FULL, "full"));
    progress.refuse(new RefusedException(ErrorCode.FULL, "full"));
    assertThat(progress.summary("q"))
        .isEqualTo(
            "3 messages put in q, line 2 is the first that was not acknowledged, but 2 of lines 4"
                + " to 5 were");
  }

  @Test
  void summary_connectionLost_saysWhatIsNotKnown() {
    progress.send(2);
    progress.send(2);
    progress.acknowledge(1);
    progress.refuse(new IOException("lost"));
    assertThat(progress.refused()).isCompletedWithValueMatching(IOException.class::isInstance);
    assertThat(progress.summary("q"))
        .isEqualTo(
            "1 message put in q, line 2 is the first that was not acknowledged, 3 of lines 2 to 4"
                + " may have been put all the same");
  }
}
