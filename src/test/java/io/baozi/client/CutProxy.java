package io.baozi.client;

import static io.baozi.net.Served.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands between clients and a server and cuts their connections, each after as many bytes,
 * both ways together, as chance will have it. On one event loop.
 */
final class CutProxy {
  private final Random random;
  private final int mostBytes;
  private final NetServer listener;
  private final NetClient client;

  /** Asked and set from any thread. */
  private final AtomicInteger cutsLeft = new AtomicInteger();

  /** A proxy that cuts nothing yet. */
  CutProxy(Vertx vertx, int port, long seed, int mostBytes) {
    this.random = new Random(seed);
    this.mostBytes = mostBytes;
    this.client = vertx.createNetClient();
    this.listener = vertx.createNetServer().connectHandler(near -> accept(near, port));
    await(listener.listen(0, "127.0.0.1"));
  }

  int port() {
    return listener.actualPort();
  }

  /** Cuts so many times from now on. */
  void cut(int times) {
    cutsLeft.set(times);
  }

  int cutsLeft() {
    return cutsLeft.get();
  }

  private void accept(NetSocket near, int port) {
    near.pause();
    client
        .connect(port, "127.0.0.1")
        .onSuccess(far -> new Passage(near, far).open())
        .onFailure(e -> near.close());
  }

  /** A connection of a client and its other half. */
  private final class Passage {
    private final NetSocket near;
    private final NetSocket far;
    private int bytesLeft = -1;
    private boolean over;

    Passage(NetSocket near, NetSocket far) {
      this.near = near;
      this.far = far;
    }

    void open() {
      near.handler(bytes -> pass(bytes, far));
      far.handler(bytes -> pass(bytes, near));
      near.closeHandler(v -> far.close());
      far.closeHandler(v -> near.close());
      near.resume();
    }

    private void pass(Buffer bytes, NetSocket to) {
      if (over) {
        return;
      }
      if (bytesLeft < 0 && cutsLeft.get() > 0) {
        bytesLeft = 1 + random.nextInt(mostBytes);
      }
      if (bytesLeft < 0 || cutsLeft.get() == 0 || bytes.length() < bytesLeft) {
        bytesLeft -= bytesLeft < 0 ? 0 : bytes.length();
        to.write(bytes);
      } else {
        cutsLeft.decrementAndGet();
        over = true;
        to.write(bytes.slice(0, bytesLeft));
        Future.join(near.close(), far.close());
      }
    }
  }
}
