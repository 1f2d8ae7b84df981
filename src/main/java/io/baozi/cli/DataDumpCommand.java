package io.baozi.cli;

import io.baozi.data.Dump;
import io.baozi.frame.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a data directory holds, to be read. */
@Command(
    name = "dump",
    description = "Print what a data directory holds, a JSON object a line.",
    footer = {
      "",
      "Counters, queues, messages by queue and number, then keys; changes nothing. A body that is",
      "no UTF-8 is shown as base64. Moments are milliseconds since 1970.",
      "",
      "Examples:",
      "  baozi data dump",
      "  baozi data dump /var/lib/baozi --queue orders --bodies",
      "  baozi data dump | jq -c 'select(.state==\"dead\")'"
    })
final class DataDumpCommand implements Callable<Integer> {
  private static final int AT_ONCE = 64 << 10;

  private final Shell shell;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

  @Mixin CommonOptions common;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory (default: BAOZI_DATA_DIR, or data).")
  private String directory;

  @Option(names = "--queue", paramLabel = "NAME", description = "Only this queue.")
  private String queue;

  @Option(names = "--bodies", description = "With the bodies of messages.")
  private boolean hasBodies;

  DataDumpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    try (Bar bar = Bar.beside(shell)) {
      Dump.run(
          DataPlace.of(directory, shell.environment()),
          new Dump.Terms(queue, hasBodies),
          this::row,
          bar);
    } finally {
      write();
    }
    return Exit.OK;
  }

  private void row(Map<String, Object> members) {
    JsonLine line = new JsonLine();
    members.forEach(
        (key, value) -> {
          if (value instanceof Json json) {
            line.withJson(key, json);
          } else if (value instanceof byte[] body) {
            line.withBody(body);
          } else {
            line.with(key, value);
          }
        });
    gathered.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    if (gathered.size() >= AT_ONCE) {
      write();
    }
  }

  private void write() {
    byte[] lines = gathered.toByteArray();
    gathered.reset();
    shell.out().write(lines);
  }
}
