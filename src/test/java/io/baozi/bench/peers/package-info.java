/**
 * Baozi's durable puts beside those of its peers, each forced to disk before it is answered, and
 * what a backlog costs. Peers are those that are installed; each is started with fresh data on the
 * same disk, spoken to by hand over the same selector loop, and stopped.
 */
package io.baozi.bench.peers;
