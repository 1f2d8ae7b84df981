package io.baozi.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error, in UTF-8
 * @param isWatched whether standard error is a terminal, where a person may be waiting
 * @param environment all variables
 * @param interruption the wish that the command end
 */
record Shell(
    InputStream in,
    Output out,
    PrintStream err,
    boolean isInteractive,
    boolean isWatched,
    Map<String, String> environment,
    Interruption interruption) {
  /** The shell of this process. Standard output is the bare descriptor, which tells of errors. */
  static Shell ofProcess() {
    return new Shell(
        System.in,
        new Output(new FileOutputStream(FileDescriptor.out), Terminal.isAt(Terminal.OUT)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Terminal.isAt(Terminal.IN),
        Terminal.isAt(Terminal.ERR),
        System.getenv(),
        Interruption.ofProcess());
  }
}
