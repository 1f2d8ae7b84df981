/**
 * Streamed files, and pipes between two clients: what of a request's body is longer than memory.
 * Stands beside {@code broker} on the path of a request, behind the event bus. Imports {@code
 * frame}, {@code message} and {@code bus}.
 */
package io.baozi.file;
