/**
 * A crash test of the shipped jar: it is killed, its power is cut and its disk fails, while clients
 * put, take and lock; a checker holds what they saw, over all restarts, against what the protocol
 * promises of durable queues.
 *
 * <p>{@link io.baozi.torture.TortureRun} starts the jar on a data directory and lets {@link
 * io.baozi.torture.Load} work on it; then it kills the server, starts it again on the same
 * directory, and looks at every message there is. Each thing that a client sends, gets or sees is
 * an {@link io.baozi.torture.Event}, and goes at once to the {@link io.baozi.torture.Checker}. A
 * power cut is a kill after which {@link io.baozi.torture.PowerCut} undoes what was not forced,
 * which faultydisk.c, loaded into the server, has written down.
 *
 * <p>What this cannot show: that the disk keeps what it says it has forced, since the cut is made
 * above it, in the calls of the process; what a file system does with its own metadata; faults of
 * reads; damage to what was forced.
 */
package io.baozi.torture;
