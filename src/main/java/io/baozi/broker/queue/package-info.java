/**
 * The core of message queues. A {@link io.baozi.broker.queue.MessageQueue} has producers on one
 * side ({@code Puts}, {@code Keys}), consumers on the other ({@code Takers}), its messages by state
 * between them ({@code Stock}, of {@code Messages}), {@code Deliveries}, the rules for what becomes
 * of a message that was handed out, and those who wait for its end ({@code Joins}). No Vert.x and
 * no clock: time, ids and owners come in as arguments. May import {@code broker.waiting}.
 */
package io.baozi.broker.queue;
