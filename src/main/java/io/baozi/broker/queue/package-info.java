/**
 * The core of message queues: order, bound, waits on both sides, reservations. No Vert.x and no
 * clock: time, ids and owners come in as arguments. May import {@code broker.waiting}.
 */
package io.baozi.broker.queue;
