package io.baozi.client;

/**
 * A queue's figures at one moment.
 *
 * @param queue its name
 * @param ready messages to be had
 * @param delayed messages whose time has not come
 * @param reserved messages taken and not acknowledged
 * @param dead messages that failed for good
 * @param capacity most that ready, delayed and reserved may be together
 * @param puts messages put since the queue was made
 * @param takes messages handed out, redeliveries included
 * @param acks messages acknowledged, automatically or not
 * @param waitingPuts puts that wait for room
 * @param waitingTakes takes that wait for a message
 * @param consumers subscriptions
 * @param bytes bodies of ready, delayed and reserved messages
 * @param oldestAge milliseconds since the oldest ready message was put, 0 if there is none
 */
public record QueueStats(
    String queue,
    long ready,
    long delayed,
    long reserved,
    long dead,
    long capacity,
    long puts,
    long takes,
    long acks,
    long waitingPuts,
    long waitingTakes,
    long consumers,
    long bytes,
    long oldestAge) {}
