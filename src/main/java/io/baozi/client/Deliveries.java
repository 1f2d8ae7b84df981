package io.baozi.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.baozi.frame.Json;
import io.baozi.message.Reply;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The messages of one frame from the server, in order; each is cut out when it is asked for. */
final class Deliveries {
  private static final Entries NONE = new Entries();

  private final String queue;
  private final Entries entries;
  private final int[] ends;
  private final Buffer body;

  private Deliveries(String queue, Entries entries, int[] ends, Buffer body) {
    this.queue = queue;
    this.entries = entries;
    this.ends = ends;
    this.body = body;
  }

  /** Reads them; throws if they cannot be read. */
  static Deliveries of(Reply reply) {
    String queue = Objects.requireNonNull(reply.header().text("queue"), "queue");
    Object msgs = reply.header().get("msgs");
    // An array without elements is one of integers.
    Entries entries =
        msgs instanceof long[] none && none.length == 0 ? NONE : Entries.of((Json) msgs);
    int[] ends = ends((long[]) reply.header().get("sizes"), reply.body().length());
    if (ends.length != entries.count) {
      throw new IllegalArgumentException(ends.length + " sizes, " + entries.count + " messages");
    }
    return new Deliveries(queue, entries, ends, reply.body());
  }

  /** Where each body ends. */
  private static int[] ends(long[] sizes, int length) {
    int[] ends = new int[sizes.length];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += sizes[i];
      if (sizes[i] < 0 || sizes[i] > length || end > length) {
        throw new IllegalArgumentException("sizes go beyond the body's " + length + " bytes");
      }
      ends[i] = (int) end;
    }
    return ends;
  }

  String queue() {
    return queue;
  }

  int size() {
    return ends.length;
  }

  /** Their ids. */
  long[] msgs() {
    return Arrays.copyOf(entries.msgs, entries.count);
  }

  /** One of them; its body is its own, so that it does not keep the others'. */
  Message message(int i) {
    return new Message(
        queue,
        entries.msgs[i],
        entries.attempts[i],
        entries.header(i),
        body.getBuffer(i == 0 ? 0 : ends[i - 1], ends[i]));
  }

  /** All of them. */
  List<Message> messages() {
    List<Message> messages = new ArrayList<>(ends.length);
    for (int i = 0; i < ends.length; i++) {
      messages.add(message(i));
    }
    return messages;
  }

  /** What stands in {@code msgs}, column by column. */
  private static final class Entries {
    private long[] msgs = new long[8];
    private int[] attempts = new int[8];

    /** Null as long as no message has any. */
    private Json[] headers;

    private int count;

    /** Reads entries one after the other, without an object for each. */
    private static Entries of(Json msgs) {
      Entries entries = new Entries();
      String text = msgs.toString();
      try (JsonParser json = Json.parser(text)) {
        require(json.nextToken() == JsonToken.START_ARRAY, "no array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
          require(json.currentToken() == JsonToken.START_OBJECT, "no object");
          entries.read(json, text);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return entries;
    }

    private void read(JsonParser json, String text) throws IOException {
      long msg = 0;
      long attempt = 0;
      Json header = null;
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        switch (key) {
          case "msg" -> msg = integer(json);
          case "attempt" -> attempt = integer(json);
          case "headers" -> header = value == JsonToken.VALUE_NULL ? null : object(json, text);
          default -> json.skipChildren();
        }
      }
      require(msg > 0, "msg is missing");
      add(msg, Math.toIntExact(attempt), header);
    }

    private static long integer(JsonParser json) throws IOException {
      require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "no integer");
      return json.getLongValue();
    }

    /** The object that begins here, as its producer wrote it. */
    private static Json object(JsonParser json, String text) throws IOException {
      require(json.currentToken() == JsonToken.START_OBJECT, "headers are no object");
      long from = json.currentTokenLocation().getCharOffset();
      json.skipChildren();
      long to = json.currentLocation().getCharOffset();
      return Json.part(text.substring((int) from, (int) to));
    }

    private static void require(boolean claim, String otherwise) {
      if (!claim) {
        throw new IllegalArgumentException(otherwise);
      }
    }

    private void add(long msg, int attempt, Json header) {
      if (count == msgs.length) {
        msgs = Arrays.copyOf(msgs, 2 * count);
        attempts = Arrays.copyOf(attempts, 2 * count);
      }
      msgs[count] = msg;
      attempts[count] = attempt;
      if (header != null) {
        if (headers == null || headers.length < msgs.length) {
          headers = headers == null ? new Json[msgs.length] : Arrays.copyOf(headers, msgs.length);
        }
        headers[count] = header;
      }
      count++;
    }

    private Json header(int i) {
      return headers == null || i >= headers.length ? null : headers[i];
    }
  }
}
