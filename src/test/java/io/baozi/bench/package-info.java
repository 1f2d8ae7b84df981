/**
 * Measurements, run by {@code make bench}: each states a ratio of two things measured in one run.
 */
package io.baozi.bench;
