package io.baozi.broker.queue;

/** Settings of which a test names the few that it is about. */
public final class TestSettings {
  private Order order = Order.FIFO;
  private int capacity = 10;
  private long maxBytes;
  private long ttr = 100;
  private int attempts;
  private long backoff;
  private long ttl;
  private String deadLetter;
  private long dedup = Settings.DEFAULT.dedup();

  private TestSettings() {}

  /** Of this capacity and this ttr, in milliseconds; the defaults otherwise. */
  public static Settings of(int capacity, long ttr) {
    return with().capacity(capacity).ttr(ttr).build();
  }

  /** Ten messages in the order of their puts, reserved for 100 ms; no other limit. */
  static TestSettings with() {
    return new TestSettings();
  }

  TestSettings order(Order value) {
    order = value;
    return this;
  }

  TestSettings capacity(int value) {
    capacity = value;
    return this;
  }

  TestSettings maxBytes(long value) {
    maxBytes = value;
    return this;
  }

  TestSettings ttr(long value) {
    ttr = value;
    return this;
  }

  TestSettings attempts(int value) {
    attempts = value;
    return this;
  }

  TestSettings backoff(long value) {
    backoff = value;
    return this;
  }

  TestSettings ttl(long value) {
    ttl = value;
    return this;
  }

  TestSettings deadLetter(String value) {
    deadLetter = value;
    return this;
  }

  TestSettings dedup(long value) {
    dedup = value;
    return this;
  }

  Settings build() {
    return new Settings(
        order, capacity, maxBytes, true, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }
}
