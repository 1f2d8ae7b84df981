/**
 * What outlives the process: the entries of a turn in one write, one force to disk for as many
 * turns as have come meanwhile. Knows nothing of queues but their rows, and nothing of Vert.x.
 *
 * <p>On the path: beside the broker, which hands it each turn's entries and holds back answers
 * until they are kept. May import: nothing of Baozi.
 */
package io.baozi.journal;
