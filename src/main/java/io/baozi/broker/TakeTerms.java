package io.baozi.broker;

/**
 * How to take.
 *
 * @param max messages at most, 1 or more
 * @param ttr milliseconds that they are reserved, 0 for the queue's setting
 * @param autoAck whether they are removed at once instead
 */
record TakeTerms(int max, long ttr, boolean autoAck) {}
