package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Beanstalkd with a binlog that is forced at each put. */
final class Beanstalkd implements Peer {
  private final Optional<Program> program = Program.find("beanstalkd");

  @Override
  public String name() {
    return "beanstalkd -f0";
  }

  @Override
  public boolean isInstalled() {
    return program.isPresent();
  }

  @Override
  public Closeable start(Path directory, int port) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            program.orElseThrow().toString(),
            "-l",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-b",
            directory.toString(),
            "-f0");
    return Spawned.start(directory, Map.of(), command).awaitPort(port);
  }

  @Override
  public Conversation converse(int number, byte[] body) {
    String put = "put 0 0 60 " + body.length + "\r\n";
    return new OneLineAnswers(TextLine.withBody(put, body), "INSERTED");
  }

  @Override
  public String version() throws IOException {
    return program.orElseThrow().version("-v");
  }

  @Override
  public String reservation() {
    return "";
  }
}
