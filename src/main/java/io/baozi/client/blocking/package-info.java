/**
 * What the client coordinates, behind the interfaces of {@code java.util.concurrent}: for platform
 * and virtual threads, which wait; never for an event loop, where these calls throw {@link
 * IllegalStateException}. It stands before the client on a request's path. Imports {@code client}
 * and {@code message}.
 */
package io.baozi.client.blocking;
