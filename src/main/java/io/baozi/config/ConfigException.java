package io.baozi.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be run with. Its message lists every problem, for a person. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  ConfigException(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found: of the file, then of the environment, the flags and the values. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", "the configuration has " + count + ":", ""));
  }
}
