package io.baozi.history;

import java.io.IOException;

/** What stops a process for a while, and lets it go on. */
enum Signal {
  STOP,
  CONT;

  void send(long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).inheritIO().start().waitFor();
  }
}
