/**
 * The async client: one interface over TCP, or over the event bus inside one JVM. It stands at both
 * ends of a request's path. Imports {@code frame}, {@code message} and {@code bus}.
 */
package io.baozi.client;
