package io.baozi.history;

import io.baozi.frame.Header;
import io.baozi.history.Line.Kind;
import io.baozi.net.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A client that nothing befalls: it takes what was put, and at the end all that can be held. */
final class Auditor implements AutoCloseable {
  private static int count;

  /** What sessions that were cut off have left, and more. */
  private static final int WAIT = ClientProcess.GRACE_MILLIS + 5_000;

  private final HistoryFile history;
  private final Wire wire;
  private final String connection = EndRule.AUDITOR + "." + ++count;
  private long lastId;

  Auditor(int port, Path directory) throws IOException {
    history = new HistoryFile(directory.resolve(connection + ".history"));
    wire = Wire.connect(port);
    ask("hello", "client", connection);
  }

  /** Takes all that is in the queue of the fenced puts. */
  void takeAll() throws IOException {
    boolean isEmpty = false;
    while (!isEmpty) {
      Header answer = ask("queue.take", "queue", "puts", "max", 100, "wait", 0, "autoAck", true);
      isEmpty = answer.text("error") != null;
    }
  }

  /** Acquires every lock and all permits that the history names. */
  void acquireAll(History seen) throws IOException {
    Map<String, Long> limits = new TreeMap<>();
    seen.calls("semaphore.acquire")
        .forEach(c -> limits.put(c.text("semaphore"), c.number("limit", 1)));
    for (Map.Entry<String, Long> each : limits.entrySet()) {
      String name = each.getKey();
      long limit = each.getValue();
      ask("semaphore.acquire", "semaphore", name, "limit", limit, "permits", limit, "wait", WAIT);
      ask("semaphore.release", "semaphore", name, "permits", limit);
    }
    for (String lock : seen.calls("lock.acquire").map(c -> c.text("lock")).distinct().toList()) {
      ask("lock.acquire", "lock", lock, "wait", WAIT);
      ask("lock.release", "lock", lock);
    }
  }

  /** Looks whether anything is left. */
  void listAll() throws IOException {
    ask("lock.list");
    ask("semaphore.list");
  }

  private Header ask(String op, Object... arguments) throws IOException {
    Header request = Header.of("op", op, "id", ++lastId).with(arguments);
    history.add(Kind.SENT, connection, request);
    Header answer = wire.ask(request.toString()).header();
    history.add(Kind.GOT, connection, answer);
    return answer;
  }

  @Override
  public void close() throws IOException {
    ask("bye");
    wire.close();
    history.close();
  }
}
