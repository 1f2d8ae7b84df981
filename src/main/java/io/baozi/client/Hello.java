package io.baozi.client;

import io.baozi.message.Reply;
import java.util.Objects;

/** The answer to hello, as far as this client reads it. */
record Hello(String server, String session, boolean resumed, Limits limits) {
  /** Reads it; throws if it cannot be read. */
  static Hello of(Reply reply) {
    Hello hello = reply.header().json().as(Hello.class);
    Objects.requireNonNull(hello.session(), "session");
    Objects.requireNonNull(hello.limits(), "limits");
    return hello;
  }
}
