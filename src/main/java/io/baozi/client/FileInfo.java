package io.baozi.client;

/**
 * A file that has been transferred.
 *
 * @param name on the server
 * @param length in bytes
 * @param sha256 of the whole, in lower-case hexadecimal
 */
public record FileInfo(String name, long length, String sha256) {}
