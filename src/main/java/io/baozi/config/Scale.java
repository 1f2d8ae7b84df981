package io.baozi.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a number counts: plain things, bytes or milliseconds; and the units it may be written in.
 */
enum Scale {
  COUNT("integer", "an integer"),
  BYTES(
      "size",
      "a size",
      new Unit("GiB", 1 << 30),
      new Unit("MiB", 1 << 20),
      new Unit("KiB", 1 << 10)),
  TIME(
      "duration",
      "a duration",
      new Unit("d", 86_400_000),
      new Unit("h", 3_600_000),
      new Unit("m", 60_000),
      new Unit("s", 1_000),
      new Unit("ms", 1));

  /** A unit's word, and what one of it is in the smallest. */
  private record Unit(String word, int size) {}

  private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,30})([A-Za-z]*)");

  private final String word;
  private final String noun;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Unit> units;

  Scale(String word, String noun, Unit... units) {
    this.word = word;
    this.noun = noun;
    this.units = List.of(units);
  }

  /** The name of the type: integer, size or duration. */
  String word() {
    return word;
  }

  /** That name with its article. */
  String noun() {
    return noun;
  }

  /** How else than as an integer it is written; empty if not at all. */
  String otherwise() {
    return switch (this) {
      case COUNT -> "";
      case BYTES -> ", in bytes or as text such as \"64KiB\", \"1MiB\", \"2GiB\"";
      case TIME ->
          ", in milliseconds or as text such as \"500ms\", \"30s\", \"2m\", \"1h\", \"7d\"";
    };
  }

  /** The amount that a text with a unit says, or one without if {@code bare} is allowed. */
  Optional<BigInteger> parse(String text, boolean bare) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    BigInteger amount = new BigInteger(number.group(1));
    if (bare && number.group(2).isEmpty()) {
      return Optional.of(amount);
    }
    return units.stream()
        .filter(unit -> unit.word.equals(number.group(2)))
        .findFirst()
        .map(unit -> amount.multiply(BigInteger.valueOf(unit.size)));
  }

  /** The amount in the largest unit that holds it whole. */
  String text(BigInteger amount) {
    return units.stream()
        .filter(unit -> amount.signum() != 0)
        .filter(unit -> amount.mod(BigInteger.valueOf(unit.size)).signum() == 0)
        .findFirst()
        .map(unit -> amount.divide(BigInteger.valueOf(unit.size)) + unit.word)
        .orElseGet(amount::toString);
  }

  String text(long amount) {
    return text(BigInteger.valueOf(amount));
  }

  /** The amount of a component's value; a duration's part of a millisecond is left out. */
  static BigInteger amount(Object value) {
    return value instanceof Duration duration
        ? BigInteger.valueOf(duration.getSeconds())
            .multiply(BigInteger.valueOf(1000))
            .add(BigInteger.valueOf(duration.getNano() / 1_000_000))
        : new BigInteger(value.toString());
  }
}
