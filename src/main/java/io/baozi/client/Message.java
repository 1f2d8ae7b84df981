package io.baozi.client;

import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;

/**
 * A message as it was taken.
 *
 * @param queue it was taken from
 * @param msg its id, unique on the server
 * @param attempt which delivery this is, from 1
 * @param headers that its producer gave it, null if none
 * @param body its bytes
 */
public record Message(String queue, long msg, int attempt, Json headers, Buffer body) {}
