package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operations on queues, and the queues. */
final class QueueOperations {
  /** What a queue takes of memory, empty, beside its name. */
  private static final int QUEUE_MEMORY = 1024;

  /** The longest ttr, in milliseconds: a week. */
  private static final long LONGEST_TTR = Duration.ofDays(7).toMillis();

  /** What a message of an each-batch may take of the answer: its id or null, and its error. */
  private static final int EACH_ENTRY = 64;

  /** The most messages that one take may ask for. */
  private static final int MOST_TAKEN = 1_000_000;

  /** What the protocol knows and this server does not do yet: better refused than lost. */
  private static final List<String> NOT_YET =
      List.of("delay", "ttl", "key", "keys", "queues", "fence", "again");

  private final Broker broker;
  private final BrokerSettings settings;
  private final Alarms alarms;
  private final Memory memory;
  private final TreeMap<String, MessageQueue> queues = new TreeMap<>();
  private long lastId;

  QueueOperations(Broker broker, BrokerSettings settings, Alarms alarms, Memory memory) {
    this.broker = broker;
    this.settings = settings;
    this.alarms = alarms;
    this.memory = memory;
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(
        Operation.QUEUE_PUT, this::put,
        Operation.QUEUE_TAKE, this::take,
        Operation.QUEUE_ACK, this::ack,
        Operation.QUEUE_STATS, this::stats,
        Operation.QUEUE_LIST, this::list);
  }

  int count() {
    return queues.size();
  }

  private void put(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("queue");
    requireKnown(arguments);
    long deadline = Waits.deadline(arguments, now);
    arguments.integer("priority", 0, -Header.MAX_INTEGER, Header.MAX_INTEGER);
    boolean each = arguments.flag("each");
    long[] sizes = sizes(request);
    Json headers = headers(arguments);
    requireSize(request);
    List<Content> contents = contents(request, sizes, headers);
    requireMemory(contents.stream().mapToLong(Content::memory).sum());
    boolean batch = sizes != null;
    if (batch) {
      requireAnswerable(contents.size(), each);
    }
    if (batch && !each) {
      requireCapacity(name, contents.size());
    }
    MessageQueue queue = made(name);
    PutRequest put =
        new PutRequest(broker, session, queue, request, contents, batch, batch && each);
    queue.put(put, deadline, now);
    if (put.isWaiting()) {
      session.waits(request.id(), put);
    }
  }

  /** Refuses a batch that no queue of this name could ever hold at once. */
  private void requireCapacity(String name, int messages) {
    int capacity = settings.queue(name).capacity();
    if (messages > capacity) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "a batch of "
              + messages
              + " messages, all or none; queue "
              + name
              + " holds at most "
              + capacity
              + " (capacity)");
    }
  }

  /** Refuses a batch whose answer would not fit into a header. */
  private void requireAnswerable(int messages, boolean each) {
    long id = Long.toString(lastId + messages).length() + 1L;
    long entry = each ? EACH_ENTRY : id;
    if (messages * entry > settings.limits().maxHeader() / 8 * 7L) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "the answer to a batch of "
              + messages
              + " messages would not fit into a header of "
              + settings.limits().maxHeader()
              + " bytes (maxHeader)");
    }
  }

  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }

  private static void requireKnown(Arguments arguments) {
    for (String key : NOT_YET) {
      if (arguments.has(key)) {
        throw badRequest(key + " is not supported by this version of the server");
      }
    }
  }

  /** The lengths of a batch's messages, null for a message alone. */
  private static long[] sizes(Request request) {
    long[] sizes = request.arguments().integers("sizes", 0, Header.MAX_INTEGER);
    if (sizes == null) {
      return null;
    }
    if (sizes.length == 0) {
      throw badRequest("sizes is empty, a batch has one message or more");
    }
    long sum = 0;
    for (long size : sizes) {
      sum = Math.min(sum + size, Header.MAX_INTEGER);
    }
    if (sum != request.size()) {
      throw badRequest(
          "sizes add up to " + sum + ", the body has " + request.size() + " bytes (size)");
    }
    return sizes;
  }

  /** What travels with a message must leave room for an answer's own keys beside it. */
  private Json headers(Arguments arguments) {
    Json headers = arguments.object("headers");
    int most = settings.limits().maxHeader() / 2;
    if (headers != null && headers.length() > most) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "headers take "
              + headers.length()
              + " bytes, allowed are "
              + most
              + " (half of maxHeader)");
    }
    return headers;
  }

  private static List<Content> contents(Request request, long[] sizes, Json headers) {
    int headersLength = headers == null ? 0 : headers.length();
    if (sizes == null) {
      return List.of(new Content(request.body().getBytes(), headers, headersLength));
    }
    List<Content> contents = new ArrayList<>(sizes.length);
    int from = 0;
    for (long size : sizes) {
      int to = from + (int) size;
      contents.add(new Content(request.body().getBytes(from, to), headers, headersLength));
      from = to;
    }
    return contents;
  }

  private void take(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    requireKnown(arguments);
    String name = arguments.name("queue");
    int max = (int) arguments.integer("max", 1, 1, MOST_TAKEN);
    long ttr = arguments.millis("ttr", 0, 1, LONGEST_TTR);
    long deadline = Waits.deadline(arguments, now);
    boolean autoAck = arguments.flag("autoAck");
    requireSize(request);
    MessageQueue queue = made(name);
    if (deadline > now && queue.ready() == 0) {
      requireMemory(MessageQueue.TAKE_MEMORY);
    }
    TakeRequest take =
        new TakeRequest(broker, session, queue, request, settings.limits(), max, ttr, autoAck);
    queue.take(take, deadline, now);
    if (take.isWaiting()) {
      session.waits(request.id(), take);
    }
  }

  private void ack(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    requireKnown(arguments);
    MessageQueue queue = existing(arguments.name("queue"));
    long[] msgs = arguments.integers("msgs", 1, Header.MAX_INTEGER);
    if (msgs == null) {
      throw badRequest("msgs is missing, it has the ids of the messages");
    }
    requireSize(request);
    long[] missing = new long[msgs.length];
    int missed = 0;
    for (long msg : msgs) {
      if (!queue.acknowledge(msg, session.holder(), now)) {
        missing[missed++] = msg;
      }
    }
    broker.send(
        session,
        request.ok("acked", msgs.length - missed, "missing", Arrays.copyOf(missing, missed)));
  }

  private void stats(Session session, Request request, long now) {
    MessageQueue queue = existing(request.arguments().name("queue"));
    requireSize(request);
    broker.send(session, request.ok(figures(queue, now)));
  }

  private void list(Session session, Request request, long now) {
    String after = request.arguments().text("after");
    requireSize(request);
    int left = settings.limits().maxHeader() / 2;
    List<Header> page = new ArrayList<>();
    boolean more = false;
    for (MessageQueue queue : (after == null ? queues : queues.tailMap(after, false)).values()) {
      Header figures = Header.of(figures(queue, now));
      left -= figures.json().length();
      if (left < 0 && !page.isEmpty()) {
        more = true;
        break;
      }
      page.add(figures);
    }
    broker.send(
        session,
        request.ok("queues", Json.array(page.toArray(Header[]::new)), "more", more ? true : null));
  }

  private static Object[] figures(MessageQueue queue, long now) {
    return new Object[] {
      "queue", queue.name(),
      "ready", queue.ready(),
      "delayed", 0,
      "reserved", queue.reserved(),
      "dead", 0,
      "capacity", queue.settings().capacity(),
      "puts", queue.puts(),
      "takes", queue.takes(),
      "acks", queue.acks(),
      "waitingPuts", queue.waitingPuts(),
      "waitingTakes", queue.waitingTakes(),
      "consumers", 0,
      "bytes", queue.bytes(),
      "oldestAge", queue.oldestAge(now)
    };
  }

  private MessageQueue existing(String name) {
    MessageQueue queue = queues.get(name);
    if (queue == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND, "no queue is called " + name);
    }
    return queue;
  }

  private MessageQueue made(String name) {
    MessageQueue queue = queues.get(name);
    if (queue == null) {
      requireMemory(QUEUE_MEMORY);
      memory.take(QUEUE_MEMORY);
      queue = new MessageQueue(name, settings.queue(name), alarms, memory, () -> ++lastId);
      queues.put(name, queue);
    }
    return queue;
  }

  private void requireMemory(long bytes) {
    if (!memory.hasRoom(bytes)) {
      throw new RefusedException(
          ErrorCode.BUSY,
          "the server holds "
              + memory.used()
              + " of "
              + memory.limit()
              + " bytes (server.memory), this needs "
              + bytes
              + " more");
    }
  }
}
