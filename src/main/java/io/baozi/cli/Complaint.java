package io.baozi.cli;

import io.baozi.client.ClientOptions;
import io.baozi.message.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;

/** Says in a person's words what went wrong between here and a server. */
final class Complaint {
  private final String host;
  private final String server;
  private final Duration timeout;

  Complaint(ClientOptions options) {
    this.host = options.host();
    this.server = new Target(options.host(), options.port()).toString();
    this.timeout = options.timeout();
  }

  String server() {
    return server;
  }

  Failure about(Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (cause instanceof RefusedException refusal) {
      return Failure.refused(refusal);
    }
    if (cause instanceof UnknownHostException) {
      return connection("no host is called '" + host + "'", Exit.FAILED, cause);
    }
    if (cause instanceof ConnectException || cause instanceof SocketException) {
      return unreachable(cause);
    }
    if (cause instanceof IOException) {
      return connection(
          "the connection to " + server + " is lost: " + cause.getMessage(), Exit.FAILED, cause);
    }
    return new Failure("internal", String.valueOf(cause), Exit.FAILED, cause);
  }

  private Failure unreachable(Throwable cause) {
    String why = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (why.contains("refused")) {
      String sentence = "no server at %s (connection refused); start one with `baozi serve`";
      return connection(sentence.formatted(server), Exit.FAILED, cause);
    }
    if (why.contains("timed out")) {
      String sentence = "no server at %s answered within %s";
      return connection(sentence.formatted(server, Durations.text(timeout)), Exit.TIMED_OUT, cause);
    }
    if (why.contains("reset")) {
      return connection(
          "the connection to " + server + " is lost: the server cut it", Exit.FAILED, cause);
    }
    return connection("cannot reach " + server + ": " + cause.getMessage(), Exit.FAILED, cause);
  }

  private static Failure connection(String message, int exit, Throwable cause) {
    return new Failure("connection", message, exit, cause);
  }
}
