/**
 * Benchmarks: each measures this project and a yardstick in one run, interleaved, and prints their
 * ratio with the conditions. Run by {@code make bench}, never by {@code make test}.
 */
package io.baozi.bench;
