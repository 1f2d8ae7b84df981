package io.baozi.broker.queue;

import java.util.Objects;

/** What a message carries; the queue itself looks at neither body nor headers. */
public final class Content {
  /** What a message takes beside its bytes: the objects that keep it, in bytes. */
  public static final int OVERHEAD = 160;

  private final byte[] body;
  private final Object headers;
  private final int headersLength;

  /**
   * The content of a message.
   *
   * @param body its bytes; not copied
   * @param headers whatever travels with it, null for none
   * @param headersLength how many bytes the headers take
   */
  public Content(byte[] body, Object headers, int headersLength) {
    this.body = Objects.requireNonNull(body, "body");
    this.headers = headers;
    this.headersLength = headersLength;
  }

  /** The bytes; not copied. */
  public byte[] body() {
    return body;
  }

  /** What travels with them, null for none. */
  public Object headers() {
    return headers;
  }

  /** The memory that a message of this content takes, in bytes. */
  public long memory() {
    return OVERHEAD + (long) body.length + headersLength;
  }
}
