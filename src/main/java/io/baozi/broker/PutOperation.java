package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.queue.Terms;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code queue.put}: one message, a batch all or none, or a batch of messages each for itself. */
final class PutOperation {
  /** What a message of an each-batch may take of the answer: its id or null, and its error. */
  private static final int EACH_ENTRY = 64;

  /** The longest key, in code points. */
  private static final int LONGEST_KEY = 255;

  private final Broker broker;
  private final BrokerSettings settings;
  private final Queues queues;

  PutOperation(Broker broker, BrokerSettings settings, Queues queues) {
    this.broker = broker;
    this.settings = settings;
    this.queues = queues;
  }

  void put(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("queue");
    Requests.requireKnown(arguments);
    long deadline = Waits.deadline(arguments, now);
    boolean each = arguments.flag("each");
    Terms terms = terms(arguments);
    Json headers = headers(arguments);
    long[] sizes = sizes(request);
    List<String> keys = keys(arguments, sizes);
    request.requireSize(settings.limits().maxMessage());
    List<Content> contents = contents(request, sizes, headers, terms);
    queues.requireMemory(memory(contents, keys) + (deadline > now ? MessageQueue.WAIT_MEMORY : 0));
    boolean batch = sizes != null;
    if (batch) {
      requireAnswerable(contents.size(), each);
    }
    if (!batch || !each) {
      requireFits(name, contents);
    }
    broker.requireKeeping(queues.settings(name));
    MessageQueue queue = queues.made(name);
    PutRequest put =
        new PutRequest(broker, session, queue, request, contents, keys, batch, batch && each);
    put.onlyWhile(broker.fence(request));
    queue.put(put, deadline, now);
    if (put.isWaiting()) {
      session.waits(request.id(), put);
    }
  }

  private static Terms terms(Arguments arguments) {
    long priority = arguments.integer("priority", 0, -Header.MAX_INTEGER, Header.MAX_INTEGER);
    long delay = arguments.millis("delay", 0, 0, Ranges.DURATION);
    long ttl = arguments.millis("ttl", Terms.QUEUE_TTL, 0, Ranges.DURATION);
    return priority == 0 && delay == 0 && ttl == Terms.QUEUE_TTL
        ? Terms.DEFAULT
        : new Terms(priority, delay, ttl);
  }

  /** What travels with a message must leave room for an answer's own keys beside it. */
  private Json headers(Arguments arguments) {
    Json headers = arguments.object("headers");
    int most = settings.limits().maxHeader() / 2;
    if (headers != null && headers.length() > most) {
      throw tooLarge(
          "headers take "
              + headers.length()
              + " bytes, allowed are "
              + most
              + " (half of maxHeader)");
    }
    return headers;
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

  /** A key or null for each message, null if none has one. */
  private static List<String> keys(Arguments arguments, long[] sizes) {
    String key = arguments.text("key", LONGEST_KEY);
    List<String> keys = arguments.textsOrNull("keys", LONGEST_KEY);
    if (sizes == null) {
      if (keys != null) {
        throw badRequest("keys go with sizes, a message alone has a key");
      }
      return key == null ? null : List.of(key);
    }
    if (key != null) {
      throw badRequest("key goes with a message alone, a batch has keys");
    }
    if (keys != null && keys.size() != sizes.length) {
      throw badRequest(
          "keys has " + keys.size() + " elements, sizes has " + sizes.length + ", one for each");
    }
    return keys == null || keys.stream().allMatch(Objects::isNull) ? null : keys;
  }

  private static List<Content> contents(Request request, long[] sizes, Json headers, Terms terms) {
    int headersLength = headers == null ? 0 : headers.length();
    if (sizes == null) {
      return List.of(new Content(request.body().getBytes(), headers, headersLength, terms));
    }
    List<Content> contents = new ArrayList<>(sizes.length);
    int from = 0;
    for (long size : sizes) {
      int to = from + (int) size;
      contents.add(new Content(request.body().getBytes(from, to), headers, headersLength, terms));
      from = to;
    }
    return contents;
  }

  private static long memory(List<Content> contents, List<String> keys) {
    long memory = Content.memory(contents);
    return keys == null
        ? memory
        : memory + keys.stream().filter(Objects::nonNull).mapToLong(MessageQueue::keyMemory).sum();
  }

  /** Refuses a batch whose answer would not fit into a header. */
  private void requireAnswerable(int messages, boolean each) {
    long id = Long.toString(queues.lastId() + messages).length() + 1L;
    long entry = each ? EACH_ENTRY : id;
    if (messages * entry > settings.limits().maxHeader() / 8 * 7L) {
      throw tooLarge(
          "the answer to a batch of "
              + messages
              + " messages would not fit into a header of "
              + settings.limits().maxHeader()
              + " bytes (maxHeader)");
    }
  }

  /** Refuses what no queue of this name could ever hold at once. */
  private void requireFits(String name, List<Content> contents) {
    Settings its = queues.settings(name);
    if (contents.size() > its.capacity()) {
      throw tooLarge(
          "a batch of "
              + contents.size()
              + " messages, all or none; queue "
              + name
              + " holds at most "
              + its.capacity()
              + " (capacity)");
    }
    long bytes = Content.bytes(contents);
    if (its.maxBytes() > 0 && bytes > its.maxBytes()) {
      throw tooLarge(
          bytes + " bytes; queue " + name + " holds at most " + its.maxBytes() + " (maxBytes)");
    }
  }

  private static RefusedException tooLarge(String message) {
    return new RefusedException(ErrorCode.TOO_LARGE, message);
  }
}
