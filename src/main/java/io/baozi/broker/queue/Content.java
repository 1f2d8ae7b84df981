package io.baozi.broker.queue;

import java.util.Objects;

/** What a message carries; the queue itself looks at neither body nor headers. */
public final class Content {
  /** What a message takes beside its bytes: the objects that keep it, in bytes. */
  public static final int OVERHEAD = 192;

  /**
   * From this size on a body counts twice: the collector gives it regions of its own, whose last
   * may be all but empty.
   */
  private static final int LARGE = 512 * 1024;

  private final byte[] body;
  private final Object headers;
  private final int headersLength;
  private final Terms terms;

  /**
   * The content of a message.
   *
   * @param body its bytes; not copied
   * @param headers whatever travels with it, null for none
   * @param headersLength how many bytes the headers take
   * @param terms what its put says of it
   */
  public Content(byte[] body, Object headers, int headersLength, Terms terms) {
    this.body = Objects.requireNonNull(body, "body");
    this.headers = headers;
    this.headersLength = headersLength;
    this.terms = Objects.requireNonNull(terms, "terms");
  }

  /** The bytes; not copied. */
  public byte[] body() {
    return body;
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

  /** The same with other headers. */
  public Content withHeaders(Object other, int otherLength) {
    return new Content(body, other, otherLength, terms);
  }

  /** The same with other terms. */
  Content withTerms(Terms other) {
    return new Content(body, headers, headersLength, other);
  }

  /** The memory that a message of this content takes, in bytes. */
  public long memory() {
    long large = body.length >= LARGE ? body.length : 0;
    return OVERHEAD + (long) body.length + large + headersLength;
  }
}
