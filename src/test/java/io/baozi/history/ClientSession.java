package io.baozi.history;

import io.baozi.frame.Header;
import io.baozi.history.Line.Kind;
import io.baozi.message.Operation;
import io.baozi.net.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A session of a client process, shared by its threads, that writes down all it sends and gets.
 * When it is cut off it connects anew: with grace it resumes and sends again, without it begins
 * another.
 */
final class ClientSession {
  /** Longer than any wait and any pause. */
  private static final int PATIENCE_SECONDS = 30;

  private record Pending(Header request, CompletableFuture<Header> answer) {}

  private final HistoryFile history;
  private final Supplier<String> names;
  private final int port;
  private final long grace;
  private final Map<Long, Pending> pending = new TreeMap<>(); // under this
  private final List<Header> done =
      new ArrayList<>(); // under this; requests that changed something
  private Wire wire; // under this
  private String connection; // under this
  private String session; // under this
  private long lastId; // under this
  private boolean isEnding; // under this

  /** A session that {@link #open} begins; {@code names} gives each of its connections one. */
  ClientSession(HistoryFile history, Supplier<String> names, int port, long grace) {
    this.history = history;
    this.names = names;
    this.port = port;
    this.grace = grace;
  }

  /** Connects, and reads from then on in a thread of its own. */
  ClientSession open() throws IOException {
    connect();
    Thread reader = new Thread(this::read, "reader");
    reader.setDaemon(true);
    reader.start();
    return this;
  }

  /** The session's name: what is held belongs to it, and is lost if it changes. */
  synchronized String name() {
    return session;
  }

  /** Sends a request, and waits for its answer as long as the session lives that had this name. */
  Header ask(String name, Header request) throws SessionLostException, InterruptedException {
    return await(send(name, request));
  }

  /** Sends a request whose answer is awaited later. */
  synchronized CompletableFuture<Header> send(String name, Header request)
      throws SessionLostException {
    if (isEnding || !name.equals(session)) {
      throw new SessionLostException();
    }
    return send(request);
  }

  private CompletableFuture<Header> send(Header request) {
    Header numbered = request.with("id", ++lastId);
    CompletableFuture<Header> answer = new CompletableFuture<>();
    pending.put(lastId, new Pending(numbered, answer));
    transmit(numbered);
    return answer;
  }

  /** The id of the request sent last; of one thread's own if it alone uses the session. */
  synchronized long lastId() {
    return lastId;
  }

  static Header await(CompletableFuture<Header> answer)
      throws SessionLostException, InterruptedException {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (SessionLostException) new SessionLostException().initCause(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer", e); // and the history shows it
    }
  }

  /** Ends the session, whatever its threads are about. */
  void bye() throws InterruptedException {
    CompletableFuture<Header> answer;
    synchronized (this) {
      answer = send(Header.of("op", "bye"));
      isEnding = true;
    }
    try {
      await(answer);
    } catch (SessionLostException e) {
      return; // cut before it was answered: the session ends with its grace
    }
  }

  private synchronized void transmit(Header request) {
    history.add(Kind.SENT, connection, request);
    try {
      wire.send(request.toString());
    } catch (IOException e) {
      closed(); // the reader finds it closed too, and connects anew
    }
  }

  private void closed() {
    try {
      wire.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    while (true) {
      try {
        Wire from = wire();
        for (Wire.Frame frame = from.read(); frame != null; frame = from.read()) {
          got(frame.header());
        }
      } catch (IOException e) {
        closed();
      }
      if (!reconnect()) {
        return;
      }
    }
  }

  private synchronized Wire wire() {
    return wire;
  }

  private synchronized void got(Header answer) {
    history.add(Kind.GOT, connection, answer);
    if (answer.get("id") instanceof Long id && pending.containsKey(id)) {
      Pending answered = pending.remove(id);
      remember(answered.request(), answer);
      answered.answer().complete(answer);
    }
  }

  private void remember(Header request, Header answer) {
    boolean changes = Operation.of(request.text("op")).orElseThrow().changes();
    if (changes && Boolean.TRUE.equals(answer.get("ok"))) {
      done.add(request);
      if (done.size() > 3) {
        done.remove(0);
      }
    }
  }

  private synchronized boolean reconnect() {
    history.add(Kind.ENDED, connection);
    closed();
    while (!isEnding) {
      try {
        connect();
        return true;
      } catch (IOException e) {
        history.add(Kind.ENDED, connection);
      }
    }
    lose();
    return false;
  }

  /** Says hello on a new connection. */
  private synchronized void connect() throws IOException {
    connection = names.get();
    wire = Wire.connect(port);
    Header hello =
        Header.of("op", "hello", "id", ++lastId, "client", connection)
            .with("grace", grace, "session", grace > 0 ? session : null);
    history.add(Kind.SENT, connection, hello);
    Wire.Frame greeting = wire.ask(hello.toString());
    if (greeting == null) {
      throw new IOException("closed before it was greeted");
    }
    history.add(Kind.GOT, connection, greeting.header());
    session = greeting.header().text("session");
    if (Boolean.TRUE.equals(greeting.header().get("resumed"))) {
      sendAgain();
    } else {
      lose();
    }
  }

  /** What was not answered, and what was: it has to be answered as it was. */
  private void sendAgain() {
    done.forEach(request -> transmit(request.with("again", true)));
    pending.values().stream()
        .map(Pending::request)
        .toList()
        .forEach(request -> transmit(request.with("again", true)));
  }

  private void lose() {
    done.clear();
    Iterator<Pending> lost = pending.values().iterator();
    while (lost.hasNext()) {
      lost.next().answer().completeExceptionally(new SessionLostException());
      lost.remove();
    }
  }
}
