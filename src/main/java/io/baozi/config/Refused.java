package io.baozi.config;

import java.util.List;

/** A value that cannot be, in words; and the keys it is about, the likeliest first. */
final class Refused extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<String> keys;

  Refused(String sentence, String... keys) {
    super(sentence);
    this.keys = List.of(keys);
  }

  List<String> keys() {
    return keys;
  }

  /** Refuses a verticle that says neither or twice what it is. */
  static void unlessOneOf(String type, String className) {
    if (type == null && className == null) {
      throw new Refused("neither type nor class is set; set one of them");
    }
    if (type != null && className != null) {
      throw new Refused("both type and class are set; set one of them", "class");
    }
  }
}
