package io.baozi.broker.queue;

import java.util.List;
import java.util.Objects;

/**
 * What a message carries; the queue itself looks at neither body nor headers. The body of a message
 * that is kept on disk need not be in memory.
 */
public final class Content {
  /** What a message takes beside its bytes: the objects that keep it, in bytes. */
  public static final int OVERHEAD = 192;

  /**
   * From this size on a body counts twice: the collector gives it regions of its own, whose last
   * may be all but empty.
   */
  private static final int LARGE = 512 * 1024;

  private static final byte[] EMPTY = new byte[0];

  /** Null if it is on disk only. */
  private byte[] body;

  private final int length;
  private final Object headers;
  private final int headersLength;
  private final Terms terms;

  /** Under which the body is on disk, or on its way there; 0 if it is not. */
  private long place;

  /** Whether the {@link Shelf} has it. */
  private boolean shelved;

  private boolean forgotten;

  /**
   * The content of a message.
   *
   * @param body its bytes; not copied
   * @param headers whatever travels with it, null for none
   * @param headersLength how many bytes the headers take
   * @param terms what its put says of it
   */
  public Content(byte[] body, Object headers, int headersLength, Terms terms) {
    this(Objects.requireNonNull(body, "body"), body.length, headers, headersLength, terms, 0);
  }

  private Content(
      byte[] body, int length, Object headers, int headersLength, Terms terms, long place) {
    this.body = body;
    this.length = length;
    this.headers = headers;
    this.headersLength = headersLength;
    this.terms = Objects.requireNonNull(terms, "terms");
    this.place = place;
  }

  /**
   * The content of a message whose body is on disk.
   *
   * @param length of the body
   * @param place under which it is there
   */
  public static Content onDisk(
      int length, Object headers, int headersLength, Terms terms, long place) {
    return new Content(length == 0 ? EMPTY : null, length, headers, headersLength, terms, place);
  }

  /** The bytes; not copied. Null if they are on disk only. */
  public byte[] body() {
    return body;
  }

  /** How many bytes the body has. */
  public int length() {
    return length;
  }

  /** What travels with them, null for none. */
  public Object headers() {
    return headers;
  }

  /** How many bytes the headers take. */
  public int headersLength() {
    return headersLength;
  }

  /** What its put says of it. */
  public Terms terms() {
    return terms;
  }

  /** Under which the body is on disk, or on its way there; 0 if it is not. */
  public long place() {
    return place;
  }

  /** The body is on its way to disk, where it is found under this number from now on. */
  public void placeAt(long number) {
    place = number;
  }

  /** The same with other headers. */
  public Content withHeaders(Object other, int otherLength) {
    return new Content(atHand(), length, other, otherLength, terms, place);
  }

  /** The same with other terms. */
  Content withTerms(Terms other) {
    return new Content(atHand(), length, headers, headersLength, other, place);
  }

  /** The body for a copy: what is on disk for certain need not be at hand for the dead. */
  private byte[] atHand() {
    return shelved ? null : body;
  }

  void shelve() {
    shelved = true;
  }

  boolean isShelved() {
    return shelved;
  }

  /** It is of no message any more. */
  void forget() {
    forgotten = true;
    shelved = false;
  }

  boolean isForgotten() {
    return forgotten;
  }

  /** The body is on disk only; gives the memory that it took. */
  long spill() {
    long before = memory();
    body = null;
    return before - memory();
  }

  /** The memory that a message of this content takes, in bytes. */
  public long memory() {
    return OVERHEAD + (body == null ? 0 : bodyMemory()) + headersLength;
  }

  /** The memory that messages of these contents take, in bytes; a loop, as every put comes by. */
  public static long memory(List<Content> contents) {
    long memory = 0;
    for (Content content : contents) {
      memory += content.memory();
    }
    return memory;
  }

  /** How many bytes the bodies have together. */
  public static long bytes(List<Content> contents) {
    long bytes = 0;
    for (Content content : contents) {
      bytes += content.length();
    }
    return bytes;
  }

  /** The memory that it takes on its way to a peer, wherever its body is now, in bytes. */
  public long memoryOnTheWay() {
    return OVERHEAD + bodyMemory() + headersLength;
  }

  private long bodyMemory() {
    return length >= LARGE ? 2L * length : length;
  }
}
