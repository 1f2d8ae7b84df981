package io.baozi.broker.queue;

/**
 * The figures of a queue at one moment. Counts are of messages since the queue was made, rates per
 * second over about the last ten.
 *
 * @param ready messages to be had
 * @param delayed messages whose moment has not come
 * @param reserved messages taken and not acknowledged
 * @param dead messages that failed for good
 * @param bytes of the bodies of ready, delayed and reserved messages
 * @param oldestAge milliseconds since the oldest ready message was put, 0 if there is none
 * @param puts put, those included that died elsewhere and came here
 * @param takes handed out, redeliveries included
 * @param acks acknowledged, automatically or not
 * @param nacks given back by whoever had them
 * @param expired dropped because they were too old
 * @param putRate of puts
 * @param takeRate of takes
 * @param ackRate of acks
 * @param waitingPuts puts that wait for room
 * @param waitingTakes takes that wait for a message
 * @param waitingJoins joins that wait for the queue to be empty
 * @param consumers subscriptions
 * @param keys of puts that are remembered
 */
public record Stats(
    int ready,
    int delayed,
    int reserved,
    int dead,
    long bytes,
    long oldestAge,
    long puts,
    long takes,
    long acks,
    long nacks,
    long expired,
    double putRate,
    double takeRate,
    double ackRate,
    int waitingPuts,
    int waitingTakes,
    int waitingJoins,
    int consumers,
    int keys) {
  static Stats of(
      Stock stock, Deliveries deliveries, Puts puts, Takers takers, Joins joins, long now) {
    Message oldest = stock.ready().oldest();
    return new Stats(
        stock.count(State.READY),
        stock.count(State.DELAYED),
        stock.count(State.RESERVED),
        stock.count(State.DEAD),
        stock.bytes(),
        oldest == null ? 0 : now - oldest.putAt(),
        deliveries.puts().count(),
        deliveries.takes().count(),
        deliveries.acks().count(),
        deliveries.nacks(),
        deliveries.expired(),
        deliveries.puts().rate(now),
        deliveries.takes().rate(now),
        deliveries.acks().rate(now),
        puts.line().size(),
        takers.takes(),
        joins.line().size(),
        takers.subscriptions().size(),
        puts.keys().size());
  }
}
