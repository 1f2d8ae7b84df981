package io.baozi.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;

/** A server that says what a test tells it to. */
final class FakeServer implements AutoCloseable {
  private static final String GREETING =
      "{\"id\":1,\"ok\":true,\"server\":\"fake\",\"version\":1,\"session\":\"s\","
          + "\"limits\":{\"maxHeader\":65536,\"maxMessage\":1048576,\"maxInFlight\":1024}}";

  /** What it says of its limits when a session is resumed. */
  private static final String LIMITS =
      ",\"limits\":{\"maxHeader\":65536,\"maxMessage\":1048576,\"maxInFlight\":1024}";

  /** What it does once connected, on a thread of its own; its connection closes when it ends. */
  interface Script {
    void play(Wire wire) throws Exception;
  }

  private final ServerSocket listener;
  private final CompletableFuture<Void> played;

  private FakeServer(ServerSocket listener, CompletableFuture<Void> played) {
    this.listener = listener;
    this.played = played;
  }

  /** A server that answers hello, then plays the script. */
  static FakeServer greeting(Script script) throws IOException {
    return from(greeted(script));
  }

  /** Answers hello, then plays the script. */
  static Script greeted(Script script) {
    return wire -> {
      wire.read();
      wire.send(GREETING);
      script.play(wire);
    };
  }

  /** Resumes the session, then plays the script. */
  static Script resumed(Script script) {
    return wire -> {
      resume(wire, wire.read());
      script.play(wire);
    };
  }

  /** Answers a hello that the session goes on. */
  static void resume(Wire wire, Frame hello) throws IOException {
    assertThat(hello.header().text("session")).isEqualTo("s");
    answer(wire, hello, ",\"session\":\"s\",\"resumed\":true" + LIMITS);
  }

  /**
   * A server that plays the scripts from the first byte on, each on the next connection, and then
   * takes no more.
   */
  static FakeServer from(Script... scripts) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    CompletableFuture<Void> played =
        CompletableFuture.runAsync(
            () -> {
              for (Script script : scripts) {
                play(listener, script);
              }
            },
            task -> new Thread(task, "fake-server").start());
    return new FakeServer(listener, played);
  }

  private static void play(ServerSocket listener, Script script) {
    try (Wire wire = new Wire(listener.accept(), ByteOrder.BIG_ENDIAN)) {
      script.play(wire);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  ClientOptions options() {
    return ClientOptions.defaults().at("127.0.0.1", listener.getLocalPort());
  }

  /** Answers a request that it went well; the fields are JSON, each with a comma before it. */
  static void answer(Wire wire, Frame request, String fields) throws IOException {
    wire.send("{\"id\":" + request.id() + ",\"ok\":true" + fields + "}");
  }

  /** Refuses a request. */
  static void refuse(Wire wire, Frame request, String error) throws IOException {
    wire.send("{\"id\":" + request.id() + ",\"ok\":false,\"error\":\"" + error + "\"}");
  }

  /** Reads until the client has gone or says bye. */
  static void readToTheEnd(Wire wire) throws IOException {
    Frame frame;
    do {
      frame = wire.read();
    } while (frame != null && !"bye".equals(frame.header().text("op")));
  }

  /** Closes, and fails if the script did. */
  @Override
  public void close() throws IOException {
    listener.close();
    played.join();
  }
}
