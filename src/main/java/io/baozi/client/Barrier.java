package io.baozi.client;

import io.baozi.message.Operation;
import io.vertx.core.Future;
import java.time.Duration;

/** A place on the server where parties wait until all of them are there, again and again. */
public final class Barrier {
  private final Client client;
  private final String name;

  Barrier(Client client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The barrier's name. */
  public String name() {
    return name;
  }

  /**
   * Waits for the others.
   *
   * @param parties how many go on together, 1 to 1000000; all say the same
   * @param waitFor null for the client's default
   * @return which one this was, from 0 for the first; fails with {@code broken} if another one left
   *     before all were there, with {@code timeout} if this one did, and with {@code conflict} if
   *     others wait who say another number
   */
  public Future<Integer> await(int parties, Duration waitFor) {
    return attempt(parties, waitFor).future();
  }

  /** The same, to be cancelled if need be. */
  public Attempt<Integer> attempt(int parties, Duration waitFor) {
    Ranges.require("parties", parties, 1, 1_000_000);
    return client.attempt(
        Operation.BARRIER_AWAIT,
        waitFor,
        reply -> Math.toIntExact((Long) reply.header().get("index")),
        "barrier",
        name,
        "parties",
        parties);
  }
}
