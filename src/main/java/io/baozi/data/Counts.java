package io.baozi.data;

/**
 * What there is.
 *
 * @param dead of the messages
 * @param bytes of bodies
 * @param skipped rows and stretches of rows that could not be read
 */
public record Counts(
    long queues, long messages, long dead, long bytes, long keys, long counters, long skipped) {}
