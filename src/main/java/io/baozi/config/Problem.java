package io.baozi.config;

/**
 * One thing that is wrong: where it was written, the key (empty if it is about no key), and what is
 * wrong with it in words.
 */
public record Problem(String source, String key, String sentence) {

  /** The problem in one line. */
  @Override
  public String toString() {
    boolean named = key.isEmpty() || source.endsWith(" " + key);
    return source + ": " + (named ? "" : key + ": ") + sentence;
  }
}
