package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import io.baozi.net.Wire;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that keeps small files in memory and misbehaves on cue. A thread for each connection,
 * plain sockets.
 */
final class FakeFiles implements AutoCloseable {
  private static final byte[] EMPTY = {};

  /** What is done with a pipe that was opened, on a connection's own thread. */
  interface PipeScript {
    void play(FakeFiles server, Socket socket, DataInputStream in) throws Exception;
  }

  /** Whole files, by name. */
  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** Beginnings of files, by name. */
  final Map<String, byte[]> parts = new ConcurrentHashMap<>();

  /** After how many bytes of a body the next transfers are cut; one each. */
  final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();

  /** Whether a bit of the next whole puts is turned; one each. */
  final Queue<Boolean> damages = new ConcurrentLinkedQueue<>();

  /** With what the next puts and gets are refused, {@code ok} for not; one each. */
  final Queue<String> refusals = new ConcurrentLinkedQueue<>();

  /** What the next gets say for the checksum, instead of it; one each. */
  final Queue<String> lies = new ConcurrentLinkedQueue<>();

  /** What is done before the next bodies; one each. */
  final Queue<Runnable> before = new ConcurrentLinkedQueue<>();

  /** The offset of each put and get, in order. */
  final List<Long> offsets = new CopyOnWriteArrayList<>();

  /** The header of each put, in order. */
  final List<Header> puts = new CopyOnWriteArrayList<>();

  /** Whether the next whole put is not answered but cut. */
  volatile boolean losesAnswer;

  volatile PipeScript pipe = (server, socket, in) -> {};

  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();

  FakeFiles() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    new Thread(this::accept, "fake-files").start();
  }

  ClientOptions options() {
    return ClientOptions.defaults().at("127.0.0.1", listener.getLocalPort());
  }

  static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        new Thread(() -> serve(socket), "fake-files").start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (serve(socket, in)) {
        // Another request.
      }
    } catch (IOException e) {
      // The peer has gone, or we have.
    } catch (Exception | AssertionError e) {
      faults.add(e);
    }
  }

  /** The header of the next frame; null at the end. */
  static Header header(DataInputStream in) throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return null;
    }
    try {
      return Header.parse(in.readNBytes(length));
    } catch (MalformedHeaderException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean serve(Socket socket, DataInputStream in) throws Exception {
    Header request = header(in);
    if (request == null) {
      return false;
    }
    switch (request.text("op")) {
      case "hello" ->
          ok(
              socket,
              request,
              ",\"session\":\"s\",\"version\":1,\"server\":\"fake\",\"limits\":{\"maxHeader\":65536,"
                  + "\"maxMessage\":1048576,\"maxInFlight\":1024}");
      case "ping" -> ok(socket, request, "");
      case "file.stat" -> stat(socket, request);
      case "file.put" -> {
        return put(socket, in, request);
      }
      case "file.get" -> {
        return get(socket, request);
      }
      case "pipe.open" -> {
        ok(socket, request, "");
        pipe.play(this, socket, in);
        return false;
      }
      default -> throw new AssertionError(request.toString());
    }
    return true;
  }

  private static void send(Socket socket, String header, byte[] body) throws IOException {
    socket.getOutputStream().write(Wire.frame(header, body, ByteOrder.BIG_ENDIAN));
  }

  static void push(Socket socket, String header, String body) throws IOException {
    send(socket, header, body.getBytes(StandardCharsets.UTF_8));
  }

  static void ok(Socket socket, Header request, String fields) throws IOException {
    send(socket, "{\"id\":" + request.get("id") + ",\"ok\":true" + fields + "}", EMPTY);
  }

  private static void refuse(Socket socket, Header request, String error) throws IOException {
    String json =
        "{\"id\":%s,\"ok\":false,\"error\":\"%s\",\"message\":\"on cue\"}"
            .formatted(request.get("id"), error);
    send(socket, json, EMPTY);
  }

  private void stat(Socket socket, Header request) throws IOException {
    byte[] whole = files.get(request.text("name"));
    byte[] part = parts.get(request.text("name"));
    if (whole == null && part == null) {
      refuse(socket, request, "not_found");
    } else {
      ok(
          socket,
          request,
          ",\"name\":\"%s\"".formatted(request.text("name"))
              + (whole == null ? "" : described(whole, sum(whole)))
              + (part == null ? "" : ",\"received\":" + part.length));
    }
  }

  private static String described(byte[] file, String sum) {
    return ",\"length\":%d,\"sha256\":\"%s\"".formatted(file.length, sum);
  }

  private static long offset(Header request) {
    return request.get("offset") instanceof Long offset ? offset : 0;
  }

  private static void play(Queue<Runnable> next) {
    Runnable action = next.poll();
    if (action != null) {
      action.run();
    }
  }

  private boolean put(Socket socket, DataInputStream in, Header request) throws IOException {
    String name = request.text("name");
    offsets.add(offset(request));
    puts.add(request);
    play(before);
    Integer cut = cuts.poll();
    byte[] had = offset(request) == 0 ? EMPTY : parts.getOrDefault(name, EMPTY);
    byte[] body = in.readNBytes((int) Math.min(request.size(), cut == null ? 1L << 30 : cut));
    byte[] all = Arrays.copyOf(had, had.length + body.length);
    System.arraycopy(body, 0, all, had.length, body.length);
    if (body.length < request.size()) {
      parts.put(name, all);
      return false;
    }
    String refusal = refusals.poll();
    if (refusal != null && !refusal.equals("ok")) {
      refuse(socket, request, refusal);
      return true;
    }
    if (had.length != offset(request)) {
      refuse(socket, request, "conflict");
      return true;
    }
    parts.remove(name);
    Boolean damaged = damages.poll();
    if (damaged != null && damaged) {
      all[0] ^= 1;
    }
    String sum = sum(all);
    String wanted = request.text("sha256");
    if (wanted != null && !wanted.equals(sum)) {
      refuse(socket, request, "corrupt");
      return true;
    }
    files.put(name, all);
    if (losesAnswer) {
      losesAnswer = false;
      return false;
    }
    ok(socket, request, described(all, sum));
    return true;
  }

  private boolean get(Socket socket, Header request) throws IOException {
    byte[] file = files.get(request.text("name"));
    offsets.add(offset(request));
    String refusal = refusals.poll();
    if (file == null || (refusal != null && !refusal.equals("ok"))) {
      refuse(socket, request, file == null ? "not_found" : refusal);
      return true;
    }
    if (offset(request) > file.length) {
      refuse(socket, request, "bad_request");
      return true;
    }
    play(before);
    Integer cut = cuts.poll();
    int from = (int) offset(request);
    String header =
        "{\"id\":%s,\"ok\":true%s}"
            .formatted(
                request.get("id"), described(file, lies.isEmpty() ? sum(file) : lies.poll()));
    byte[] frame =
        Wire.frame(header, Arrays.copyOfRange(file, from, file.length), ByteOrder.BIG_ENDIAN);
    if (cut == null || cut >= file.length - from) {
      socket.getOutputStream().write(frame);
      return true;
    }
    socket.getOutputStream().write(frame, 0, frame.length - (file.length - from - cut));
    return false;
  }

  /** Closes, and fails if it met what it does not know. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    if (!faults.isEmpty()) {
      throw new AssertionError("the fake server failed", faults.get(0));
    }
  }
}
