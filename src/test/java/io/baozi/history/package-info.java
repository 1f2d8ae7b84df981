/**
 * A test of the shipped jar by what its clients saw: processes that are killed, stopped and cut off
 * write histories, and a checker holds those against what the protocol promises.
 */
package io.baozi.history;
