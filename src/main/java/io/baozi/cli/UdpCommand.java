package io.baozi.cli;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A datagram to the server's UDP port and back. */
@Command(
    name = "udp",
    description = "Send one datagram to a server's UDP port and print what comes back.",
    footer = {
      "",
      "Exits with 124 if nothing comes back: datagrams get lost, and whoever sends one to a port",
      "where nobody listens is often not told.",
      "",
      "Examples:",
      "  baozi udp hello",
      "  baozi udp --empty",
      "  head -c 65507 /dev/urandom | baozi udp - | wc -c"
    })
final class UdpCommand implements Callable<Integer> {
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);
  private static final int LONGEST = 65507;

  private final Shell shell;

  @Mixin private CommonOptions common;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The server's host (default: BAOZI_UDP_HOST, else 127.0.0.1).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The server's UDP port (default: BAOZI_UDP_PORT, else 7654).")
  private Integer port;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to wait for the echo (default: 2s).")
  private Duration timeout = Duration.ofSeconds(2);

  @Option(names = "--empty", description = "Send an empty datagram, as an empty TEXT does.")
  private boolean isEmpty;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "The datagram; - is all of standard input (default: -).")
  private String text;

  UdpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Target target = Target.of(host, port, "UDP", shell.environment());
    if (isEmpty && text != null) {
      throw Failure.usage("--empty and TEXT: a datagram is one or the other");
    }
    Bounds.require("--timeout", timeout, Bounds.LEAST, LONGEST_TIMEOUT, "1ms to 24d");
    String argument = isEmpty ? "" : text == null ? Source.STDIN : text;
    Buffer body = Source.ofArgument(argument, shell).whole(LONGEST, "a datagram holds");
    exchange(target, body.getBytes());
    return Exit.OK;
  }

  private void exchange(Target target, byte[] body) {
    InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
    if (address.isUnresolved()) {
      throw connection("no host is called '" + target.host() + "'");
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      if (body.length > 0) {
        socket.connect(
            address); // tells of a port where nobody listens; but then nothing empty is sent
      }
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      long start = System.nanoTime();
      socket.send(new DatagramPacket(body, body.length, address));
      DatagramPacket echo = new DatagramPacket(new byte[LONGEST], LONGEST);
      do {
        socket.receive(echo);
      } while (!echo.getSocketAddress().equals(address));
      print(Arrays.copyOf(echo.getData(), echo.getLength()), System.nanoTime() - start);
    } catch (SocketTimeoutException e) {
      throw silence(target);
    } catch (PortUnreachableException e) {
      throw connection(
          "nobody listens on UDP port " + target + "; start a server with `baozi serve`");
    } catch (IOException e) {
      throw connection("cannot reach UDP port " + target + ": " + e.getMessage());
    }
  }

  private void print(byte[] echo, long nanos) {
    if (common.isJson()) {
      shell.out().line(new JsonLine().with("ms", Math.round(nanos / 1e3) / 1e3).withBody(echo));
    } else {
      shell.out().write(echo);
      shell.out().endLine();
    }
  }

  private Failure silence(Target target) {
    return new Failure(
        "timeout",
        "no echo from UDP port %s within %s; UDP does not tell whether anybody listens there"
            .formatted(target, Durations.text(timeout)),
        Exit.TIMED_OUT);
  }

  private static Failure connection(String message) {
    return new Failure("connection", message, Exit.FAILED);
  }
}
