package io.baozi.cli;

import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {
  @Option(
      names = "--output",
      order = 200,
      paramLabel = "text|json",
      description =
          "How results and errors are written; json is one object a line (default: text).")
  Format format = Format.TEXT;

  @Option(names = "--verbose", order = 201, description = "Show the stack trace of an error, too.")
  boolean isVerbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 202,
      description = "Show this help.")
  boolean isHelp;

  boolean isJson() {
    return format == Format.JSON;
  }
}
