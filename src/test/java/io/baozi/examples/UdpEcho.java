package io.baozi.examples;

import io.baozi.net.UdpOptions;
import io.baozi.net.UdpServer;
import io.vertx.core.Vertx;

/** A UDP echo on any free port of this machine, until the process is stopped. */
public final class UdpEcho {
  private UdpEcho() {}

  /** Deploys the server and prints where it listens. */
  public static void main(String[] args) {
    UdpServer echo = new UdpServer(new UdpOptions("127.0.0.1", 0));
    echo.handler(datagram -> System.out.println(datagram.data().length() + " bytes"));
    Vertx.vertx()
        .deployVerticle(echo)
        .onSuccess(id -> System.out.println("UDP echo on port " + echo.port()))
        .onFailure(cause -> System.err.println(cause.getMessage()));
  }
}
