package io.baozi.cli;

import io.baozi.client.Lease;
import io.baozi.client.LockMode;
import io.baozi.client.LockOptions;
import io.vertx.core.Future;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command under a lock. */
@Command(
    name = "lock",
    description = "Run a command while a lock is held, as flock(1) does, for many machines.",
    footer = {
      "",
      "The command has the terminal and all three streams, and gets the signals that come. Its",
      "environment has BAOZI_LOCK, the name, and BAOZI_TOKEN, a number that grows with every grant of",
      "the lock: hand it to what the lock guards, to refuse whoever comes late with a smaller one.",
      "However the command ends, the lock is released; what it leaves running in the background does",
      "not hold it. No shell reads COMMAND; -c LINE is for one.",
      "",
      "If the lock is lost while the command runs (the server or the way to it is gone, or the lease",
      "was not renewed in time), that is said on standard error, the command and all that it has",
      "started get SIGTERM, and after --kill-after SIGKILL. With --grace a cut is no loss if there is",
      "a connection again in time. Without --lease, and with the network silent, nobody notices that",
      "the other is gone. SIGKILL (kill -9) to baozi itself gives the lock away, after the grace,",
      "while the command runs on; so does a baozi that is stopped (SIGSTOP) past its lease. Then only",
      "whoever compares tokens is safe.",
      "",
      "Each baozi is a client of its own: one inside COMMAND waits for the outer one as for any other.",
      "It does not hold the lock twice, and between two that each hold one lock and start a baozi for",
      "the other's the server sees no deadlock. Take locks in one order, or give --wait.",
      "",
      "Exit codes: the command's, 128 + N if signal N ended it; 125 if the lock was lost, 126 if the",
      "command cannot be run, 127 if there is none. Before it runs: 124 if --wait ran out, 1 with",
      "--fail, or for both that of --conflict-exit-code; 1 refused or no server, 2 wrong usage.",
      "",
      "Examples:",
      "  baozi lock deploy -- ./deploy.sh production",
      "  baozi lock deploy --fail -E 75 -- ./deploy.sh",
      "  [ $? -ne 75 ] || echo somebody else is at it",
      "  baozi lock menu --shared --wait 10s -c 'wc -l < menu.txt'",
      "  baozi lock nightly --lease 2m --grace 1m -- rsync -a /srv/ backup:/srv/"
    })
final class LockCommand extends GuardCommand {
  @Option(
      names = {"-s", "--shared"},
      description = "Share the lock with others who share it.")
  private boolean isShared;

  LockCommand(Shell shell) {
    super(shell);
  }

  @Override
  String example() {
    return "deploy";
  }

  @Override
  Future<Held> acquire(Session session, String name, Terms terms) {
    LockOptions options =
        LockOptions.DEFAULT
            .withMode(isShared ? LockMode.SHARED : LockMode.EXCLUSIVE)
            .withOwner(terms.owner())
            .withWait(terms.waitFor())
            .withLease(terms.lease());
    return session.client().lock(name).acquire(options).map(LockCommand::held);
  }

  private static Held held(Lease lease) {
    Map<String, String> variables =
        Map.of("BAOZI_LOCK", lease.lock(), "BAOZI_TOKEN", "" + lease.token());
    return new Held("lock " + lease.lock(), variables, lease.lost(), lease::release);
  }
}
