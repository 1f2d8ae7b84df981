package io.baozi.client;

import io.baozi.frame.Json;
import java.time.Duration;

/**
 * How to put.
 *
 * @param waitFor for room; null for the client's default
 * @param headers an object that travels with the message; null for none
 */
public record PutOptions(Duration waitFor, Json headers) {
  /** The client's waitFor, no headers. */
  public static final PutOptions DEFAULT = new PutOptions(null, null);

  public PutOptions {
    if (headers != null && !headers.isObject()) {
      throw new IllegalArgumentException("headers are " + headers + ", they must be an object");
    }
  }

  /** The same with another wait. */
  public PutOptions withWait(Duration waitFor) {
    return new PutOptions(waitFor, headers);
  }

  /** The same with other headers. */
  public PutOptions withHeaders(Json headers) {
    return new PutOptions(waitFor, headers);
  }
}
