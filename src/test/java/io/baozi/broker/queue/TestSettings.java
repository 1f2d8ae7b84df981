package io.baozi.broker.queue;

/** Settings of which a test names the few that it is about. */
public final class TestSettings {
  private TestSettings() {}

  /** Of this capacity and this ttr, in milliseconds; the defaults otherwise. */
  public static Settings of(int capacity, long ttr) {
    Settings s = Settings.DEFAULT;
    return new Settings(
        s.order(),
        capacity,
        s.maxBytes(),
        s.durable(),
        ttr,
        s.attempts(),
        s.backoff(),
        s.ttl(),
        s.deadLetter(),
        s.dedup());
  }
}
