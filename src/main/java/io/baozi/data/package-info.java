/**
 * What is done to a data directory while no server has it: looked through, written to one file and
 * made anew from it. Streams: nothing here holds more than a batch of messages.
 *
 * <p>On no request's path. May import: {@code journal}, whose entries it handles, and {@code
 * frame}, which an export is made of.
 */
package io.baozi.data;
