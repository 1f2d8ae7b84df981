/**
 * The configuration: one JSON file, the environment and flags, read into records that hold only
 * what the server can run with.
 *
 * <p>It stands before the request's path: what is read here says how the path is laid. Each setting
 * is one record component with one {@link io.baozi.config.Key}, and everything else (reading,
 * defaults, ranges, the nearest key, {@code config show}, docs/configuration.md) walks those rows.
 * Imports nothing of Baozi and nothing of Vert.x, only Jackson.
 */
package io.baozi.config;
