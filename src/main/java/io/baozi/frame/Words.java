package io.baozi.frame;

import java.nio.charset.StandardCharsets;

/**
 * The words that headers were lately made of, so that the same few are not made anew with each
 * frame: its keys, its operation, the name of its queue. A word that is not there takes the place
 * of another, so a peer who invents words gains nothing and takes no memory. Belongs to one event
 * loop.
 */
public final class Words {
  /** Longer ones are not kept. */
  private static final int LONGEST = 24;

  /** There are two to the power of this many places. */
  private static final int BITS = 9;

  /** Odd, and about 2^32 over the golden ratio: spreads over the places what differs little. */
  private static final int SPREAD = 0x9E3779B9;

  private final String[] words = new String[1 << BITS];

  /** The word that these bytes are in UTF-8. */
  String word(byte[] utf8, int from, int to) {
    int length = to - from;
    if (length > LONGEST || length == 0) {
      return new String(utf8, from, length, StandardCharsets.UTF_8);
    }
    int place = place(utf8, from, to);
    String word = words[place];
    if (word == null || !isWord(word, utf8, from, length)) {
      word = new String(utf8, from, length, StandardCharsets.UTF_8);
      words[place] = word;
    }
    return word;
  }

  private static int place(byte[] utf8, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + utf8[i];
    }
    return (hash * SPREAD) >>> (Integer.SIZE - BITS);
  }

  /** False for a word that is not ASCII. */
  private static boolean isWord(String word, byte[] utf8, int from, int length) {
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != utf8[from + i]) {
        return false;
      }
    }
    return true;
  }
}
