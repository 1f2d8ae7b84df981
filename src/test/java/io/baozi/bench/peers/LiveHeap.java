package io.baozi.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is reachable in the heap of a JVM, as its own class histogram has it. */
final class LiveHeap {
  /** The last line: Total, instances, bytes. */
  private static final Pattern TOTAL =
      Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

  private LiveHeap() {}

  /** Bytes of all reachable objects; makes the process collect its garbage. */
  static long bytes(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    return total(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** The total of a histogram. */
  static long total(String histogram) throws IOException {
    Matcher matcher = TOTAL.matcher(histogram);
    if (!matcher.find()) {
      throw new IOException("no histogram: " + histogram);
    }
    return Long.parseLong(matcher.group(1));
  }
}
