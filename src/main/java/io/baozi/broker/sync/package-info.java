/**
 * The core of coordination: locks, semaphores, events, latches and barriers, and the graph of who
 * waits for whom. Plain classes without Vert.x or clock: time comes in as an argument. Behind the
 * operations of {@code broker}; may import broker.waiting.
 */
package io.baozi.broker.sync;
