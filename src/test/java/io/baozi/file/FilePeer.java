package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Header;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A client that speaks of files and pipes, by hand; fields are keys and values in turn. */
final class FilePeer implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final Wire wire;
  private long lastId;

  FilePeer(Wire wire) {
    this.wire = wire;
  }

  Wire wire() {
    return wire;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** So many bytes that are alike for one seed. */
  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }

  /** A whole frame, under the next id. */
  byte[] frame(String op, byte[] body, Object... fields) {
    return Wire.frame(header(op, ++lastId, fields), body, ByteOrder.BIG_ENDIAN);
  }

  /** A frame that announces a body and has none of it, under the next id. */
  byte[] announcement(String op, long size, Object... fields) {
    String header = header(op, ++lastId, fields);
    return Wire.frame(header.substring(0, header.length() - 1) + ",\"size\":" + size + "}");
  }

  private static String header(String op, long id, Object... fields) {
    return Header.of("op", op, "id", id).with(fields).toString();
  }

  /** Sends a request; its id. */
  long send(String op, byte[] body, Object... fields) throws IOException {
    wire.send(frame(op, body, fields));
    return lastId;
  }

  /** Sends a request without a body; its id. */
  long send(String op, Object... fields) throws IOException {
    return send(op, NOTHING, fields);
  }

  /** Announces a body; the id. */
  long announce(String op, long size, Object... fields) throws IOException {
    wire.send(announcement(op, size, fields));
    return lastId;
  }

  /** Sends a request and awaits its answer, which is the next frame. */
  Frame ask(String op, Object... fields) throws IOException {
    return answer(send(op, NOTHING, fields));
  }

  Frame put(String name, byte[] body, Object... fields) throws IOException {
    Object[] all = new Object[fields.length + 2];
    all[0] = "name";
    all[1] = name;
    System.arraycopy(fields, 0, all, 2, fields.length);
    return answer(send("file.put", body, all));
  }

  Frame get(String name) throws IOException {
    return ask("file.get", "name", name);
  }

  Frame stat(String name) throws IOException {
    return ask("file.stat", "name", name);
  }

  Frame delete(String name) throws IOException {
    return ask("file.delete", "name", name);
  }

  /** The next frame, which answers this request. */
  Frame answer(long id) throws IOException {
    Frame frame = wire.read();
    assertThat(frame).as("an answer to %d before the end", id).isNotNull();
    assertThat(frame.id()).as(frame.json()).isEqualTo(id);
    return frame;
  }

  /** The next frame, which answers this request that it went well. */
  Frame ok(long id) throws IOException {
    return ok(answer(id));
  }

  static Frame ok(Frame frame) {
    assertThat(frame.header().get("ok")).as(frame.json()).isEqualTo(true);
    return frame;
  }

  /** An answer that refuses with this code, in a sentence that says these things. */
  static void refused(Frame frame, String error, String... said) {
    assertThat(frame.error()).as(frame.json()).isEqualTo(error);
    assertThat(List.of(said))
        .allSatisfy(part -> assertThat(frame.header().text("message")).contains(part));
  }

  /** The next so many frames, by id, in the order they came. */
  Map<Long, Frame> readAll(int count) throws IOException {
    Map<Long, Frame> frames = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Frame frame = wire.read();
      assertThat(frame).as("%d frames, here are %d", count, i).isNotNull();
      assertThat(frames.put(frame.id(), frame)).isNull();
    }
    return frames;
  }

  /** All frames up to the end, likewise. */
  Map<Long, Frame> readAll() throws IOException {
    Map<Long, Frame> frames = new LinkedHashMap<>();
    for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
      assertThat(frames.put(frame.id(), frame)).isNull();
    }
    return frames;
  }

  /** Waits until so many bytes of an unfinished file have come. */
  void awaitReceived(String name, long received) throws IOException {
    Patience.until(() -> Long.valueOf(received).equals(stat(name).header().get("received")));
  }

  /** The connection is sound: a request is answered as it should be. */
  void lives() throws IOException {
    ok(ask("ping"));
  }

  /** The connection is sound, and this request is not answered yet. */
  void lives(long waiting) throws IOException {
    Frame frame = ask("ping");
    assertThat(frame.id()).isNotEqualTo(waiting);
  }

  void endOutput() throws IOException {
    wire.endOutput();
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
