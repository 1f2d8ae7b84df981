package io.baozi.cli;

import io.baozi.client.LostException;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is held while a program runs.
 *
 * @param name of it, such as {@code lock shop}
 * @param variables that tell the program of it
 * @param lost completes if it is lost
 * @param release gives it back; fails if it was lost
 */
record Held(
    String name,
    Map<String, String> variables,
    Future<LostException> lost,
    Supplier<Future<Integer>> release) {}
