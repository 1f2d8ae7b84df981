/**
 * Producers and consumers as verticles, linked over the event bus by a bounded queue, so that a
 * fast producer waits for a slow consumer. {@link io.baozi.flow.Producer}, {@link
 * io.baozi.flow.PullProducer} and {@link io.baozi.flow.Consumer} are the base classes for one's
 * own; {@link io.baozi.flow.BuiltIn} is the table of those that come along. They stand at both ends
 * of a request's path, as clients inside the server's JVM. May import {@code client}, {@code
 * process}, the refusals of {@code message} that the client's futures fail with, of {@code bus} the
 * addresses, and of {@code frame} the JSON of headers.
 */
package io.baozi.flow;
