package io.baozi.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of values that a setting may have: how each is read, checked, spelt and explained. */
enum Kind {
  NUMBER {
    @Override
    Object read(Row row, Node node) {
      Scale scale = scale(row);
      BigInteger amount =
          amount(scale, node).orElseThrow(() -> row.refused(node.shown(), isNot(scale, node)));
      checkRange(row, amount, node.shown());
      return typed(row.type(), amount);
    }

    @Override
    void check(Row row, Object value, String shown) {
      checkRange(row, Scale.amount(value), shown);
    }

    @Override
    Object text(Row row, Object value) {
      String text = scale(row).text(Scale.amount(value));
      return text.matches("-?[0-9]+") ? new BigInteger(text) : text;
    }

    @Override
    String word(Row row) {
      return scale(row).word();
    }

    @Override
    String range(Row row) {
      String min = row.rule().min();
      String max = row.rule().max();
      return max.isEmpty() ? min + " or more" : min + " to " + max;
    }

    @Override
    String allowed(Row row) {
      String bounds = row.rule().max().isEmpty() ? " of " : " from ";
      return scale(row).noun() + bounds + range(row) + scale(row).otherwise();
    }
  },

  BOOLEAN {
    @Override
    Object read(Row row, Node node) {
      Object value = node.value();
      if (value instanceof Boolean) {
        return value;
      }
      if (node.source().isText() && List.of("true", "false").contains(value)) {
        return value.equals("true");
      }
      throw row.refused(node.shown(), "is not a boolean");
    }

    @Override
    String word(Row row) {
      return "boolean";
    }

    @Override
    String allowed(Row row) {
      return "true or false";
    }
  },

  WORD {
    @Override
    Object read(Row row, Node node) {
      return Arrays.stream(row.type().getEnumConstants())
          .filter(word -> word.equals(node.value()) || text(row, word).equals(node.value()))
          .findFirst()
          .orElseThrow(() -> row.refused(node.shown(), "is not a word known here"));
    }

    @Override
    Object text(Row row, Object value) {
      return ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    String word(Row row) {
      return "word";
    }

    @Override
    String range(Row row) {
      return Arrays.stream(row.type().getEnumConstants())
          .map(constant -> text(row, constant).toString())
          .collect(Collectors.joining(", "));
    }

    @Override
    String allowed(Row row) {
      return "one of " + range(row);
    }

    @Override
    void checkJava(Row row, Object value, int javaVersion) {
      if (javaNeeded(value) > javaVersion) {
        String others =
            Arrays.stream(row.type().getEnumConstants())
                .filter(constant -> javaNeeded(constant) <= javaVersion)
                .map(constant -> text(row, constant).toString())
                .collect(Collectors.joining(" or "));
        throw new Refused(
            "%s needs Java %d or later, this is Java %d; use %s"
                .formatted(text(row, value), javaNeeded(value), javaVersion, others));
      }
    }

    private int javaNeeded(Object value) {
      Enum<?> constant = (Enum<?>) value;
      try {
        NeedsJava needs =
            constant.getDeclaringClass().getField(constant.name()).getAnnotation(NeedsJava.class);
        return needs == null ? 0 : needs.value();
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException(e);
      }
    }
  },

  TEXT {
    @Override
    Object read(Row row, Node node) {
      if (!(node.value() instanceof String text)) {
        throw row.refused(node.shown(), "is not text");
      }
      check(row, text, node.shown());
      return text;
    }

    @Override
    void check(Row row, Object value, String shown) {
      String text = (String) value;
      if (row.rule().name() && !Names.isName(text)) {
        throw row.refused(shown, "is not a name");
      }
      if (!row.rule().name() && text.isBlank()) {
        throw row.refused(shown, "is blank");
      }
    }

    @Override
    String word(Row row) {
      return row.rule().name() ? "name" : "text";
    }

    @Override
    String allowed(Row row) {
      return row.rule().name() ? Names.ALLOWED : "text that is not blank";
    }
  },

  OBJECT {
    @Override
    Object read(Row row, Node node) {
      if (!node.isObject()) {
        throw row.refused(node.shown(), "is not an object");
      }
      return node.plain();
    }

    @Override
    Object text(Row row, Object value) {
      return Secrets.masked(value);
    }

    @Override
    String word(Row row) {
      return "object";
    }

    @Override
    String allowed(Row row) {
      return "an object of any shape";
    }
  };

  static Kind of(Row row) {
    Class<?> type = row.type();
    if (type.isEnum()) {
      return WORD;
    }
    if (type == boolean.class) {
      return BOOLEAN;
    }
    if (type == String.class) {
      return TEXT;
    }
    return type == Map.class ? OBJECT : NUMBER;
  }

  /** The value as the row's component has it; refused if it is not of this kind or not allowed. */
  abstract Object read(Row row, Node node);

  /** The name of the type in the reference. */
  abstract String word(Row row);

  /** What is allowed, as the end of a sentence. */
  abstract String allowed(Row row);

  /** What is allowed, in the reference; empty if the type says it all. */
  String range(Row row) {
    return "";
  }

  /** Refuses a value of the right type that the row does not allow. */
  void check(Row row, Object value, String shown) {}

  /** The value as the file would have it, before it is made JSON. */
  Object text(Row row, Object value) {
    return value;
  }

  /** Refuses a word that an older Java cannot honour. */
  void checkJava(Row row, Object value, int javaVersion) {}

  private static Scale scale(Row row) {
    if (row.type() == Duration.class) {
      return Scale.TIME;
    }
    return row.rule().bytes() ? Scale.BYTES : Scale.COUNT;
  }

  private static Optional<BigInteger> amount(Scale scale, Node node) {
    Object value = node.value();
    if (value instanceof String text) {
      return scale.parse(text, node.source().isText());
    }
    boolean isAmount =
        value instanceof Integer
            || value instanceof Long
            || value instanceof BigInteger
            || (value instanceof Duration && scale == Scale.TIME);
    return isAmount ? Optional.of(Scale.amount(value)) : Optional.empty();
  }

  private static String isNot(Scale scale, Node node) {
    boolean isBareNumber =
        node.value() instanceof String text && Scale.COUNT.parse(text, true).isPresent();
    return (isBareNumber ? "is text, not " : "is not ") + scale.noun();
  }

  private static void checkRange(Row row, BigInteger amount, String shown) {
    BigInteger min = bound(row, row.rule().min());
    BigInteger max =
        row.rule().max().isEmpty()
            ? BigInteger.valueOf(Long.MAX_VALUE)
            : bound(row, row.rule().max());
    if (amount.compareTo(min) < 0 || amount.compareTo(max) > 0) {
      throw row.refused(shown, "is out of range");
    }
  }

  private static BigInteger bound(Row row, String text) {
    return scale(row).parse(text, true).orElseThrow();
  }

  private static Object typed(Class<?> type, BigInteger amount) {
    if (type == Duration.class) {
      return Duration.ofMillis(amount.longValueExact());
    }
    return type == int.class ? (Object) amount.intValueExact() : (Object) amount.longValueExact();
  }
}
