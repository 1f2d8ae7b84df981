package io.baozi.client;

import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.Header;
import io.baozi.message.Inflow;
import io.baozi.message.Region;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A stream link over the event bus to a server inside the same JVM. */
final class BusStreamLink implements StreamLink {
  private static final Buffer EMPTY = Buffer.buffer(0);

  /** Bytes of a file that are read at a time. */
  private static final int PIECE = 256 * 1024;

  private final Home home;
  private final BusConnection connection;
  private final Deque<Departure> held = new ArrayDeque<>();
  private final Deque<Promise<Void>> unsent = new ArrayDeque<>();
  private Runnable drained = () -> {};

  /** Null once nobody is told any more. */
  private Listener listener;

  /** The body that is being sent, null if none is. */
  private Inflow sending;

  /** Bytes of it that have not been given to it. */
  private long left;

  /** The last part of a file that was to be sent; each goes behind the one before. */
  private Future<Void> sent = Future.succeededFuture();

  /** Whether a part of a file is being read for the listener. */
  private boolean reading;

  private boolean paused;
  private boolean closed;

  /** Goes on with the part of a file that is being read; null unless it waits. */
  private Runnable waiting;

  private BusStreamLink(Home home, BusConnection connection) {
    this.home = home;
    this.connection = connection;
    connection.onDeparture(this::receive);
  }

  static Future<StreamLink> open(Home home, ServiceBus bus) {
    return Future.succeededFuture(new BusStreamLink(home, new BusConnection(home.vertx(), bus)));
  }

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void send(Header header, Buffer body) {
    send(new Request(id(header), header.text("op"), header, body));
  }

  private void send(Request request) {
    connection.send(List.of(request)).forEach(refused -> listener.frame(refused));
  }

  private static long id(Header header) {
    return header.get("id") instanceof Long id ? id : -1;
  }

  @Override
  public void begin(Header header, long size) {
    if (size == 0) {
      send(header, EMPTY);
      return;
    }
    left = size;
    sending = new Inflow(size, home::later, this::regulate);
    send(new Request(id(header), header.text("op"), header, sending));
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    if (bytes.length() == 0) {
      return Future.succeededFuture();
    }
    if (closed) {
      return Future.failedFuture(closed());
    }
    Promise<Void> promise = home.promise();
    unsent.add(promise);
    left -= bytes.length();
    sending.arrive(bytes);
    return promise.future();
  }

  private static IOException closed() {
    return new IOException("the connection was closed");
  }

  /** What is held is on its way when nothing is held any more. */
  private void regulate() {
    if (sending != null && !sending.isHeld()) {
      if (left == 0) {
        sending = null;
      }
      for (int i = unsent.size(); i > 0; i--) {
        unsent.remove().complete();
      }
      drained.run();
    }
  }

  @Override
  public Future<Void> sendFile(Path file, long offset, int length) {
    Future<Buffer> bytes = home.blocking(() -> read(file, offset, length));
    Future<Void> before = sent;
    sent = bytes.compose(its -> before.transform(v -> write(its)));
    return sent;
  }

  private static Buffer read(Path path, long offset, int length) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return read(file, offset, length);
    }
  }

  private static Buffer read(FileChannel file, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("the file ends at byte " + (offset + bytes.position()));
      }
    }
    return Buffer.buffer(bytes.array());
  }

  @Override
  public boolean isFull() {
    return sending != null && sending.isHeld();
  }

  @Override
  public void onDrain(Runnable drained) {
    this.drained = drained;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      home.later(this::goOn);
    }
  }

  private void goOn() {
    Runnable its = waiting;
    if (its != null && !paused) {
      waiting = null;
      its.run();
    }
    deliver();
  }

  private void receive(Departure departure) {
    held.add(departure);
    deliver();
  }

  /** A departure is written, as its service sees it, when the listener has had it. */
  private void deliver() {
    while (!held.isEmpty() && !reading && (!paused || closed)) {
      deliver(held.remove());
    }
  }

  private void deliver(Departure departure) {
    Future<Void> all = Future.succeededFuture();
    for (Reply reply : departure.replies()) {
      all = reply.region() == null ? told(all, reply) : streamed(reply);
    }
    if (departure.written() != null) {
      all.onComplete(v -> departure.written().run());
    }
    if (departure.last() && departure.service() == Service.BROKER) {
      over("the server ended the session");
    }
  }

  private Future<Void> told(Future<Void> before, Reply reply) {
    if (listener != null) {
      listener.frame(reply);
    }
    return before;
  }

  private Future<Void> streamed(Reply reply) {
    Region region = reply.region();
    if (listener == null || !listener.streams(reply.header().withSize(region.length()))) {
      region.close();
      return Future.succeededFuture();
    }
    reading = true;
    Promise<Void> end = home.promise();
    read(region, 0, end);
    return end.future()
        .onComplete(
            v -> {
              region.close();
              reading = false;
              deliver();
            });
  }

  /** Reads on, for as long as the listener wants more. */
  private void read(Region region, long done, Promise<Void> end) {
    if (closed || done == region.length()) {
      end.complete();
    } else if (paused) {
      waiting = () -> read(region, done, end);
    } else {
      int length = (int) Math.min(PIECE, region.length() - done);
      home.blocking(() -> read(region.file(), region.offset() + done, length))
          .onSuccess(
              piece -> {
                if (listener != null) {
                  listener.piece(piece, region.length() - done - length);
                }
                read(region, done + length, end);
              })
          .onFailure(
              e -> {
                end.complete();
                over(e.getMessage());
              });
    }
  }

  private void over(String why) {
    Listener told = listener;
    end();
    if (told != null) {
      told.closed(new IOException(why));
    }
  }

  private void end() {
    if (!closed) {
      closed = true;
      listener = null;
      if (sending != null && left > 0) {
        sending.cut();
      }
      connection.close();
      goOn();
      for (int i = unsent.size(); i > 0; i--) {
        unsent.remove().fail(closed());
      }
    }
  }

  @Override
  public Future<Void> close() {
    end();
    return Future.succeededFuture();
  }

  @Override
  public void abort() {
    end();
  }
}
