package io.baozi.client;

import io.baozi.frame.FrameParser;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.frame.Intake;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;

/** A stream link over a TCP connection of its own. */
final class TcpStreamLink extends TcpFrames implements StreamLink {
  /** A body of this many bytes or more is not copied behind its header. */
  private static final int LARGE = 16 * 1024;

  /** Bytes that wait to be sent before it is full. */
  private static final int QUEUE = 1024 * 1024;

  /** Kept: a client that nobody refers to is collected together with its sockets. */
  private final NetClient client;

  private final FrameWriter writer;

  /** Null once nobody is told any more. */
  private Listener listener;

  private TcpStreamLink(NetClient client, NetSocket socket, ClientOptions options) {
    super(socket);
    this.client = client;
    this.writer = new FrameWriter(options.byteOrder());
    socket.setWriteQueueMaxSize(QUEUE);
    FrameParser parser = new FrameParser(options.frameLimits(), this);
    socket.handler(
        bytes -> {
          if (listener != null) {
            parser.handle(bytes);
          }
        });
    socket.closeHandler(v -> this.client.close());
    // Not before what came earlier: the close does not wait for that.
    socket.endHandler(v -> gone());
  }

  static Future<StreamLink> connect(Home home, ClientOptions options) {
    NetClient client = TcpLink.client(home, options);
    return client
        .connect(options.port(), options.host())
        .map(socket -> (StreamLink) new TcpStreamLink(client, socket, options))
        .onFailure(e -> client.close());
  }

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void send(Header header, Buffer body) {
    if (body.length() < LARGE) {
      socket.write(writer.add(header, body).take());
    } else {
      begin(header, body.length());
      socket.write(body);
    }
  }

  @Override
  public void begin(Header header, long size) {
    socket.write(writer.addHeader(header, size).take());
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    return socket.write(bytes);
  }

  @Override
  public Future<Void> sendFile(Path file, long offset, int length) {
    return socket.sendFile(file.toString(), offset, length);
  }

  @Override
  public boolean isFull() {
    return socket.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable drained) {
    socket.drainHandler(v -> drained.run());
  }

  @Override
  public void pause() {
    socket.pause();
  }

  @Override
  public void resume() {
    socket.resume();
  }

  @Override
  public Future<Void> close() {
    listener = null;
    return socket.close();
  }

  @Override
  public void abort() {
    listener = null;
    cut();
  }

  @Override
  public Intake intake(Header header) {
    return listener != null && listener.streams(header) ? Intake.PIECES : Intake.WHOLE;
  }

  @Override
  public void piece(Header header, Buffer piece, long left) {
    if (listener != null) {
      listener.piece(piece, left);
    }
  }

  @Override
  public void frame(Header header, Buffer body) {
    if (listener != null) {
      listener.frame(Reply.read(header, body));
    }
  }

  private void gone() {
    Listener told = listener;
    listener = null;
    if (told != null) {
      told.closed(cause());
    }
  }
}
