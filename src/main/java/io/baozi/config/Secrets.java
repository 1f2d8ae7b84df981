package io.baozi.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Which keys hold what must not be printed, and what is printed instead. */
final class Secrets {
  static final String MASK = "***";

  private static final Pattern SECRET =
      Pattern.compile("passw|passphrase|pwd|secret|token|credential|key$");

  private Secrets() {}

  static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** The plain tree with every secret in it masked. */
  static Object masked(Object plain) {
    if (plain instanceof Map<?, ?> map) {
      var masked = new LinkedHashMap<String, Object>();
      map.forEach(
          (key, value) ->
              masked.put(
                  String.valueOf(key), isSecret(String.valueOf(key)) ? MASK : masked(value)));
      return masked;
    }
    return plain instanceof List<?> list ? list.stream().map(Secrets::masked).toList() : plain;
  }

  /** A record in words, as its own {@code toString} would have it, with its secrets masked. */
  static String text(Record settings) {
    var words = new StringJoiner(", ", settings.getClass().getSimpleName() + "[", "]");
    for (Row row : Row.of(settings.getClass())) {
      Object value = isSecret(row.key()) ? MASK : masked(row.valueIn(settings));
      words.add(row.key() + "=" + value);
    }
    return words.toString();
  }
}
