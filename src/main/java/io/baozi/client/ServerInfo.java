package io.baozi.client;

/**
 * What a server says of itself.
 *
 * @param version of the server
 * @param uptime milliseconds since it started
 * @param connections open now, those inside its JVM included
 * @param sessions living now
 * @param queues that exist
 * @param memory bytes that bodies, messages and waiters take
 * @param memoryLimit most that they may take
 */
public record ServerInfo(
    String version,
    long uptime,
    long connections,
    long sessions,
    long queues,
    long memory,
    long memoryLimit) {}
