package io.baozi.config;

/**
 * A setting in force: its key, its value as the file would spell it ({@code none} if it has none, a
 * secret masked), and where that came from: {@code default}, {@code conf/baozi.json:12}, {@code
 * BAOZI_SERVER_PORT} or {@code --set server.port}.
 */
public record Effective(String key, String value, String source) {}
