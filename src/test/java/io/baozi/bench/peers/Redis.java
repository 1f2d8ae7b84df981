package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list of Redis, with an append-only file that is forced before answers leave. */
final class Redis implements Peer {
  private final Optional<Program> program = Program.find("redis-server");

  @Override
  public String name() {
    return "Redis RPUSH, appendfsync always";
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
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--auto-aof-rewrite-percentage",
            "0");
    return Spawned.start(directory, Map.of(), command).awaitPort(port);
  }

  @Override
  public Conversation converse(int number, byte[] body) {
    String put = "*3\r\n$5\r\nRPUSH\r\n$4\r\nputs\r\n$" + body.length + "\r\n";
    return new OneLineAnswers(TextLine.withBody(put, body), ":");
  }

  @Override
  public void empty(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("DEL puts\r\n".getBytes(StandardCharsets.ISO_8859_1));
      String answer = TextLine.read(new DataInputStream(socket.getInputStream()));
      if (!answer.startsWith(":")) {
        throw new IOException("DEL is refused: " + answer);
      }
    }
  }

  @Override
  public String version() throws IOException {
    return program.orElseThrow().version("--version");
  }

  @Override
  public String reservation() {
    return "";
  }
}
