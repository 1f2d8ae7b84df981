package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link BareServer} in a process of its own. */
final class BareSockets implements Peer {
  @Override
  public String name() {
    return "bare RocksDB behind bare sockets";
  }

  @Override
  public boolean isCompiledAsItRuns() {
    return true;
  }

  @Override
  public boolean isInstalled() {
    return true;
  }

  @Override
  public Closeable start(Path directory, int port) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            BareServer.class.getName(),
            directory.toString(),
            Integer.toString(port));
    return Spawned.start(directory, Map.of("CLASSPATH", classPath()), command).awaitPort(port);
  }

  /** Ours, as seen from any directory. */
  static String classPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Arrays.stream(entries)
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public Conversation converse(int number, byte[] body) {
    ByteBuffer put = ByteBuffer.allocateDirect(body.length).put(body).flip();
    return new Conversation() {
      @Override
      public void begin(DataInputStream in, OutputStream out) {}

      @Override
      public ByteBuffer put() {
        return put.duplicate();
      }

      @Override
      public boolean isAnswered(ByteBuffer in) {
        boolean answered = in.remaining() >= BareServer.ANSWER;
        in.position(in.position() + (answered ? BareServer.ANSWER : 0));
        return answered;
      }
    };
  }

  @Override
  public String version() {
    return Store.version();
  }

  @Override
  public String reservation() {
    return "";
  }
}
