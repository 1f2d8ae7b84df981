package io.baozi.config;

import java.time.Duration;

/** How what outlives the server is written. Sizes are in bytes. */
public record JournalSettings(
    @Key(value = "true", doc = "Whether anything outlives the server.") boolean enabled,
    @Key(
            value = "always",
            doc =
                "When what is written is forced to disk: always is before it is answered; else"
                    + " answers say memory, and a power cut may lose them.")
        Sync sync,
    @Key(
            value = "100ms",
            min = "1ms",
            max = "1h",
            doc = "How often it is forced where sync is interval.")
        Duration interval,
    @Key(
            value = "64MiB",
            min = "0",
            bytes = true,
            doc = "Free space on the disk below which nothing new is kept; 0 is no such bound.")
        long minFree,
    @Key(
            value = "0",
            min = "0",
            bytes = true,
            doc =
                "Bodies that are in memory although they are on disk too; 0 is a quarter of"
                    + " server.memory.")
        long bodies,
    @Key(
            value = "128MiB",
            min = "16MiB",
            max = "64GiB",
            bytes = true,
            doc = "What the store's tables and caches may take outside of the heap, about.")
        long memory) {

  /** Refuses what is out of range. */
  public JournalSettings {
    Row.check(JournalSettings.class, enabled, sync, interval, minFree, bodies, memory);
  }
}
