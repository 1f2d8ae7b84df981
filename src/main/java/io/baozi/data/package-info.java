/**
 * What is done to a data directory while no server uses it: it is verified, dumped, compacted,
 * written into one file and made of one. Knows the entries of a journal and no RocksDB.
 *
 * <p>Not on the path of a request: the command line stands before it, the journal behind it. May
 * import: {@code frame}, {@code journal}.
 */
package io.baozi.data;
