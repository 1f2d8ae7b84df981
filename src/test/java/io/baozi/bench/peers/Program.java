package io.baozi.bench.peers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that is installed on this machine. */
record Program(Path path) {
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

  /** Where servers are that are not on everyone's path. */
  private static final String[] BEYOND_PATH = {
    "/usr/lib/rabbitmq/bin", "/usr/local/sbin", "/usr/sbin", "/opt/homebrew/sbin"
  };

  /** Looks where servers are first, as what is on the path may be a wrapper around them. */
  static Optional<Program> find(String name) {
    String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return Stream.concat(Arrays.stream(BEYOND_PATH), Arrays.stream(path))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Program::new)
        .findFirst();
  }

  /** The first number with dots that it prints when it is asked like this. */
  String version(String flag) throws IOException {
    Process process = new ProcessBuilder(path.toString(), flag).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    Matcher matcher = VERSION.matcher(said);
    if (!matcher.find()) {
      throw new IOException(path + " " + flag + " tells no version: " + said);
    }
    return matcher.group();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
