package io.baozi.client;

/**
 * A queue's figures at one moment.
 *
 * @param queue its name
 * @param order in which it gives its messages: fifo, lifo or priority
 * @param paused whether it gives none
 * @param ready messages to be had
 * @param delayed messages whose time has not come
 * @param reserved messages taken and not acknowledged
 * @param dead messages that failed for good
 * @param capacity most that ready, delayed and reserved may be together
 * @param maxBytes most that their bodies may be together, 0 for no bound
 * @param puts messages put since the queue was made
 * @param takes messages handed out, redeliveries included
 * @param acks messages acknowledged, automatically or not
 * @param nacks messages given back
 * @param expired messages dropped for their age
 * @param waitingPuts puts that wait for room
 * @param waitingTakes takes that wait for a message
 * @param waitingJoins joins that wait for the queue to be done
 * @param consumers subscriptions
 * @param bytes bodies of ready, delayed and reserved messages
 * @param oldestAge milliseconds since the oldest ready message was put, 0 if there is none
 * @param keys keys of puts that are remembered
 * @param putRate messages put, a second, over about the last ten seconds
 * @param takeRate messages handed out, likewise
 * @param ackRate messages acknowledged, likewise
 */
public record QueueStats(
    String queue,
    String order,
    boolean paused,
    long ready,
    long delayed,
    long reserved,
    long dead,
    long capacity,
    long maxBytes,
    long puts,
    long takes,
    long acks,
    long nacks,
    long expired,
    long waitingPuts,
    long waitingTakes,
    long waitingJoins,
    long consumers,
    long bytes,
    long oldestAge,
    long keys,
    double putRate,
    double takeRate,
    double ackRate) {}
