/**
 * The broker: one thread that owns all shared state. {@link io.baozi.broker.Broker} is a plain
 * state machine, {@link io.baozi.broker.BrokerVerticle} hosts it on the event bus. On the path of a
 * request this is the step after {@code bus} on the way in and before it on the way out. Imports
 * {@code message}, {@code bus}, {@code frame}, and the cores below it.
 */
package io.baozi.broker;
