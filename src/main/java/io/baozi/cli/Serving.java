package io.baozi.cli;

import io.baozi.config.Resolved;
import java.util.function.Consumer;

/** Runs a server in the foreground; what {@code baozi serve} does once it has a configuration. */
@FunctionalInterface
public interface Serving {
  /**
   * Starts a server, and returns once it has stopped.
   *
   * @param started is told, once, where it serves
   * @return the exit code of the process
   * @throws IllegalArgumentException if the configuration is wrong after all, as {@link #check} has
   *     it
   * @throws Exception if it cannot start; the message is shown to the user, without a stack trace
   */
  int serve(Resolved configuration, Consumer<Place> started) throws Exception;

  /**
   * Checks what only the server knows of a configuration: the verticles that it names, their own
   * settings, and addresses that it needs for itself.
   *
   * @throws IllegalArgumentException if something is wrong; the message says what, and what is
   *     right
   */
  default void check(Resolved configuration) {}
}
