package io.baozi.cli;

import io.baozi.client.LockInfo;
import io.baozi.client.SemaphoreInfo;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Locks and semaphores, with who holds them and who waits. */
@Command(
    name = "locks",
    description = "Print who holds locks and semaphores, who waits for them, and who for whom.",
    footer = {
      "",
      "WHO is the head of a session's name and the owner within it; `baozi lock` and `baozi sem` are",
      "owners such as alice@kitchen:4711, a user, a host and a process. FOR is since when, by this",
      "machine's clock. As JSON it is an object a lock or semaphore, as the protocol has it.",
      "",
      "--graph starts with those whom nobody waits for, and follows each to what it waits for, to those",
      "who hold that, and to what they wait for in their turn. The server refuses waits that would",
      "close a cycle; one that is there all the same, until a lease or a wait ends, is said to be one.",
      "As JSON it is an object a wait. Waits for queues (join) are not shown.",
      "",
      "Examples:",
      "  baozi locks",
      "  baozi locks deploy",
      "  baozi locks --graph",
      "  baozi locks --output json | jq 'select(.waiting > 0) | .lock // .semaphore'"
    })
final class LocksCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The lock or semaphore of this name (default: all).")
  private String name;

  @Option(names = "--graph", description = "Who waits for whom.")
  private boolean isGraph;

  LocksCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (isGraph && name != null) {
      throw Failure.usage("NAME and --graph: a graph is of all, since waits lead anywhere");
    }
  }

  @Override
  int run(Session session) {
    var asked = name == null ? session.client().locks() : lock(session);
    var askedToo = name == null ? session.client().semaphores() : semaphore(session);
    List<LockInfo> locks = session.await(asked);
    List<SemaphoreInfo> semaphores = session.await(askedToo);
    List<Guard> guards = new ArrayList<>();
    locks.forEach(lock -> guards.add(Guard.of(lock)));
    semaphores.forEach(semaphore -> guards.add(Guard.of(semaphore)));
    if (isJson()) {
      json(locks, semaphores, guards).forEach(shell().out()::line);
    } else {
      print(guards.stream().filter(Guard::isInUse).toList());
    }
    return Exit.OK;
  }

  private Future<List<LockInfo>> lock(Session session) {
    return session.client().lock(name).info().map(List::of);
  }

  private Future<List<SemaphoreInfo>> semaphore(Session session) {
    return session.client().semaphore(name).info().map(List::of);
  }

  private List<JsonLine> json(
      List<LockInfo> locks, List<SemaphoreInfo> semaphores, List<Guard> guards) {
    if (isGraph) {
      return WaitGraph.json(guards);
    }
    List<JsonLine> lines = new ArrayList<>();
    locks.stream().filter(lock -> Guard.of(lock).isInUse()).map(JsonLine::of).forEach(lines::add);
    semaphores.stream()
        .filter(semaphore -> Guard.of(semaphore).isInUse())
        .map(JsonLine::of)
        .forEach(lines::add);
    return lines;
  }

  private void print(List<Guard> guards) {
    long now = System.currentTimeMillis();
    if (guards.isEmpty()) {
      note("nobody holds or waits for " + (name == null ? "a lock or a semaphore" : name));
    } else if (isGraph) {
      printGraph(WaitGraph.lines(guards, now));
    } else {
      GuardTable.lines(guards, now).forEach(shell().out()::line);
    }
  }

  private void printGraph(List<String> lines) {
    if (lines.isEmpty()) {
      note("nobody waits for a lock or a semaphore");
    }
    lines.forEach(shell().out()::line);
  }
}
