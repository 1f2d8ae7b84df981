package io.baozi.client;

/**
 * What a server allows, as it says in its answer to hello.
 *
 * @param maxHeader longest header of a frame, in bytes
 * @param maxMessage longest body of a frame, in bytes
 * @param maxInFlight unanswered requests of a connection, past which the server no longer reads it
 * @param again answers that the server keeps of a session with grace; 0 if it does not say so
 */
public record Limits(int maxHeader, int maxMessage, int maxInFlight, int again) {}
