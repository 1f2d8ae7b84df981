package io.baozi.examples;

import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.net.TcpServer;
import io.baozi.net.TcpServerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** A TCP server with an operation of its own, on the framing of Baozi and without its broker. */
public final class GreetingServer {
  private GreetingServer() {}

  /** The server, to be deployed; port 0 is any free one. */
  public static TcpServer at(int port) {
    return new TcpServer(TcpServerOptions.at("127.0.0.1", port))
        .operation("greeting.make", GreetingServer::greet);
  }

  /** Answers {@code {"op":"greeting.make","id":1,"name":"Ann"}} with a body that greets. */
  private static Future<Reply> greet(Request request) {
    String name = request.arguments().name("name");
    return Future.succeededFuture(request.ok().withBody(Buffer.buffer("Good day, " + name + "!")));
  }

  /** Deploys the server and prints where it listens, until the process is stopped. */
  public static void main(String[] args) {
    TcpServer server = at(0);
    Vertx.vertx()
        .deployVerticle(server)
        .onSuccess(id -> System.out.println("greets on port " + server.port()))
        .onFailure(cause -> System.err.println(cause.getMessage()));
  }
}
