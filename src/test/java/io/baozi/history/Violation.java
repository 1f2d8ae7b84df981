package io.baozi.history;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A promise that was broken.
 *
 * @param proof the lines that prove it
 */
record Violation(String sentence, List<Line> proof) {
  Violation {
    proof = proof.stream().distinct().sorted().toList();
  }

  static Violation of(String sentence, Call... calls) {
    return new Violation(sentence, Stream.of(calls).flatMap(c -> c.lines().stream()).toList());
  }

  static Violation of(String sentence, Claim... claims) {
    return new Violation(sentence, Stream.of(claims).flatMap(c -> c.lines().stream()).toList());
  }

  @Override
  public String toString() {
    return sentence + proof.stream().map(line -> "\n    " + line).collect(Collectors.joining());
  }
}
