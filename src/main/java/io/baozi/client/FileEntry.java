package io.baozi.client;

/**
 * A file in a list.
 *
 * @param name on the server
 * @param length in bytes
 * @param modified when it appeared there, in milliseconds since 1970
 */
public record FileEntry(String name, long length, long modified) {}
