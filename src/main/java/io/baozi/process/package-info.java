/**
 * Programs run for a message: started with its body on their standard input, watched, ended. It
 * stands beside a request's path, at its far end, for the consumers of {@code flow} and the command
 * {@code work} alike. Imports nothing of Baozi.
 */
package io.baozi.process;
