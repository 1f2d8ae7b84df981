package io.baozi.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baozi.client.PutOptions;
import io.baozi.client.Queue;
import io.baozi.client.Receipt;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Messages into a queue. */
@Command(
    name = "put",
    description = "Put a message in a queue, or each line of a file; wait while the queue is full.",
    footer = {
      "",
      "Prints the message's id, or with --lines a summary on standard error. Lines keep every byte",
      "but the newline that ends them; blank ones are messages too. A last line without newline has",
      "the header {\"newline\":false}, by which take --lines leaves the newline out.",
      "If it cannot go on, it says which line is the first that was not acknowledged, and exits",
      "with 1; with 124 if the queue was full for longer than --wait. At a terminal it says, every",
      "few seconds, that it waits for room.",
      "",
      "Examples:",
      "  baozi put orders 'a dozen'",
      "  baozi put orders --file order.json --headers '{\"kind\":\"order\"}' --wait 2s",
      "  baozi put orders rye --delay 10m --key order-4711",
      "  baozi put words --lines /usr/share/dict/words",
      "  tail -f app.log | baozi put log --lines"
    })
final class PutCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue's name.")
  private String queue;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BODY",
      description = "The message; - is all of standard input.")
  private String body;

  @Option(
      names = "--lines",
      arity = "0..1",
      fallbackValue = Source.STDIN,
      paramLabel = "FILE",
      description = "A message for each line of FILE; without FILE or with -, of standard input.")
  private String lines;

  @Option(names = "--file", paramLabel = "FILE", description = "All of FILE as one message.")
  private String file;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For room in the queue; 0 is not at all (default: forever).")
  private Duration wait;

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "In a queue ordered by it the lowest is first, negative ones too (default: 0).")
  private long priority;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Until it may be taken (default: none).")
  private Duration delay;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description =
          "After which it is dropped if it was not taken; 0 is never (default: the queue's).")
  private Duration ttl;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "A second put with the same key within the queue's dedup adds nothing, and prints the"
              + " first message's id. For a single message.")
  private String key;

  @Option(
      names = "--headers",
      paramLabel = "JSON",
      description = "An object that travels with each message.")
  private String headers;

  private Source source;
  private ObjectNode object;

  PutCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (Stream.of(body, lines, file).filter(given -> given != null).count() != 1) {
      throw Failure.usage("what to put is one of BODY, --file FILE and --lines [FILE]");
    }
    if (key != null && lines != null) {
      throw Failure.usage("--key and --lines: a key is one message's");
    }
    Bounds.require("--priority", priority, -Header.MAX_INTEGER, Header.MAX_INTEGER);
    Bounds.requireDelay("--delay", delay);
    Bounds.requireTtl(ttl);
    object = headers == null ? null : object(headers);
    source =
        body != null
            ? Source.ofArgument(body, shell())
            : Source.ofFile(file == null ? lines : file, shell());
  }

  private static ObjectNode object(String json) {
    try {
      if (JsonLine.read(json) instanceof ObjectNode object) {
        return object;
      }
      throw Failure.usage("--headers is no JSON object; write one such as {\"kind\":\"order\"}");
    } catch (JsonProcessingException e) {
      throw Failure.usage("--headers is no JSON: " + JsonLine.reason(e));
    }
  }

  /** A single message is read before there is anything to put in order. */
  @Override
  boolean endsInOrder() {
    return lines != null;
  }

  @Override
  int run(Session session) {
    Queue target = session.client().queue(queue);
    PutOptions options = new PutOptions(wait, null, priority, delay, ttl, key, null);
    int most = session.client().limits().maxMessage();
    if (lines != null) {
      putLines(session, target, options.withHeaders(json(object)), most);
      return Exit.OK;
    }
    Buffer message = source.whole(most, "the server takes (maxMessage)");
    shell().interruption().listen(grace());
    print(put(session, target, message, options.withHeaders(json(object))));
    return Exit.OK;
  }

  private Receipt put(Session session, Queue target, Buffer message, PutOptions options) {
    CompletableFuture<Receipt> receipt =
        target.put(message, options).toCompletionStage().toCompletableFuture();
    Progress one = new Progress();
    one.send(1);
    watcher().ifPresent(told -> new RoomWatch(target, one, told).await(session, receipt));
    return session.await(receipt);
  }

  private void putLines(Session session, Queue target, PutOptions whole, int most) {
    PutOptions cut = whole.withHeaders(LastLine.marked(object));
    long start = System.nanoTime();
    long count =
        new LinesPut(session, target, new Lines(source, most), whole, cut, watcher()).run();
    summarise(count, (System.nanoTime() - start) / 1e9);
    source.close();
  }

  private Optional<Consumer<String>> watcher() {
    return shell().isWatched() ? Optional.of(this::note) : Optional.empty();
  }

  private static Json json(ObjectNode object) {
    return object == null ? null : Json.of(object);
  }

  private void print(Receipt receipt) {
    if (isJson()) {
      shell()
          .out()
          .line(
              new JsonLine()
                  .with("queue", queue)
                  .with("msg", receipt.msg())
                  .with("durable", receipt.durable()));
    } else {
      shell().out().line(receipt.msg());
    }
  }

  private void summarise(long count, double seconds) {
    if (isJson()) {
      shell()
          .out()
          .line(
              new JsonLine()
                  .with("queue", queue)
                  .with("put", count)
                  .with("seconds", Math.round(seconds * 1000) / 1000.0));
    } else {
      shell()
          .err()
          .printf(
              Locale.ROOT,
              "%s put in %s, %.1f s, %,.0f/s%n",
              Progress.messages(count),
              queue,
              seconds,
              count / seconds);
    }
  }
}
