package io.baozi.bench.peers;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.transport.Transport;

/**
 * The yardstick for files through the whole server: bare Vert.x sockets that copy what they receive
 * to a file, force it to disk and say so in one byte; and, on another port, send that file.
 */
final class BareCopier {
  private final Vertx vertx;
  private final String file;
  private final long length;

  private BareCopier(Vertx vertx, String file, long length) {
    this.vertx = vertx;
    this.file = file;
    this.length = length;
  }

  /**
   * Serves until it is killed: the file, the port to receive it, its length, the port to send it.
   */
  public static void main(String[] args) {
    Transport epoll = Transport.EPOLL;
    Transport transport = epoll != null && epoll.available() ? epoll : Transport.NIO;
    Vertx vertx = Vertx.builder().withTransport(transport).build();
    int port = Integer.parseInt(args[1]);
    BareCopier copier = new BareCopier(vertx, args[0], Long.parseLong(args[2]));
    copier
        .listen(
            Integer.parseInt(args[3]), socket -> socket.sendFile(args[0]).eventually(socket::close))
        .compose(v -> copier.listen(port, copier::receive))
        .onFailure(
            e -> {
              System.err.println(e);
              Runtime.getRuntime().halt(1);
            });
  }

  private interface Service {
    Future<?> serve(NetSocket socket);
  }

  private Future<?> listen(int port, Service service) {
    return vertx
        .createNetServer(
            new NetServerOptions().setHost("127.0.0.1").setPort(port).setTcpNoDelay(true))
        .connectHandler(
            socket -> service.serve(socket).onFailure(e -> System.err.println(socket + ": " + e)))
        .listen();
  }

  private Future<?> receive(NetSocket socket) {
    socket.pause();
    return vertx
        .fileSystem()
        .open(file, new OpenOptions().setTruncateExisting(true))
        .compose(copy -> receive(socket, copy))
        .compose(v -> socket.write(Buffer.buffer(new byte[1])));
  }

  /** What a pipe does, but it ends with the last byte: the end of a Vert.x socket closes it. */
  private Future<Void> receive(NetSocket socket, AsyncFile copy) {
    Promise<Void> whole = Promise.promise();
    long[] left = {length};
    socket.handler(
        bytes -> {
          copy.write(bytes).onFailure(whole::tryFail);
          left[0] -= bytes.length();
          if (left[0] == 0) {
            whole.complete();
          } else if (copy.writeQueueFull()) {
            socket.pause();
            copy.drainHandler(v -> socket.resume());
          }
        });
    socket.closeHandler(v -> whole.tryFail("the sender has gone"));
    socket.resume();
    return whole.future().compose(v -> copy.flush()).eventually(copy::close);
  }
}
