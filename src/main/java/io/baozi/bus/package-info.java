/**
 * The event bus: addresses, codecs, batches of requests to a service and their answers back, and
 * the bridge that lets clients reach it. On the path of a request this is the step between {@code
 * net} or {@code client} and a service, both ways. Imports {@code message} and, with it, {@code
 * frame}.
 */
package io.baozi.bus;
