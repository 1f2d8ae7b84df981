package io.baozi.client;

/**
 * A put that was accepted.
 *
 * @param msg the message's id, unique on the server
 * @param durable {@code synced} if the message has been forced to disk, {@code memory} if it has
 *     not
 */
public record Receipt(long msg, String durable) {}
