package io.baozi.torture;

import io.baozi.client.Client;
import io.baozi.client.PutOptions;
import io.baozi.frame.Header;
import io.baozi.message.ErrorCode;
import io.baozi.torture.Event.Fault;
import io.baozi.torture.Event.FaultBegan;
import io.baozi.torture.Event.FaultEnded;
import io.baozi.torture.Event.Probed;
import io.baozi.torture.FaultyDisk.Failure;
import io.baozi.torture.FaultyDisk.Part;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Lets something befall the disk while the server works, and sees how it bears it. */
final class Drill {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final int ALL = -1;
  private static final int SLOW_MILLIS = 150;

  private final FaultyDisk disk;
  private final Stage stage;
  private final Client client;
  private final Puts puts;
  private final Fault fault;

  Drill(FaultyDisk disk, Stage stage, Client client, Fault fault) {
    this.disk = disk;
    this.stage = stage;
    this.client = client;
    this.puts = new Puts(stage, client, "drill");
    this.fault = fault;
  }

  /** Begins it, and waits until the server has noticed. */
  void begin() {
    befall();
    stage.see(new FaultBegan(fault));
    if (fault == Fault.SLOW_FORCE || fault == Fault.FAILED_STORE) {
      stage.see(probe(false));
    } else {
      stage.see(probe(false, this::isRefused));
    }
  }

  /** Ends it, and waits until the server has recovered, if it is to. */
  void end() {
    stage.see(new FaultEnded(fault));
    disk.heal();
    if (fault == Fault.FAILED_FORCE) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_200)); // it would be tried every second
      stage.see(probe(true));
    } else {
      stage.see(probe(true, probed -> probed.put().equals("ok") && probed.health().equals("ok")));
    }
  }

  private void befall() {
    switch (fault) {
      case FULL_DISK -> disk.failWrites(Failure.ENOSPC, ALL);
      case FAILED_WRITE -> disk.failWrites(Failure.EIO, ALL);
      case LITTLE_SPACE -> disk.tellNoSpace();
      case FAILED_FORCE -> {
        disk.failOnly(Part.LOG);
        disk.failForces(Failure.EIO, 1);
      }
      case FAILED_STORE -> {
        disk.failOnly(Part.STORE);
        disk.failWrites(stage.random().nextBoolean() ? Failure.EIO : Failure.ENOSPC, ALL);
        disk.failForces(Failure.EIO, ALL);
      }
      case SLOW_FORCE -> disk.slowForces(SLOW_MILLIS);
    }
  }

  private boolean isRefused(Probed probed) {
    return probed.put().equals(ErrorCode.BUSY.wire()) && !probed.health().equals("ok");
  }

  /** The last of the probes, which is as hoped for unless patience ended. */
  private Probed probe(boolean over, Predicate<Probed> hope) {
    long end = System.nanoTime() + PATIENCE;
    Probed probed = probe(over);
    while (!hope.test(probed) && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      probed = probe(over);
    }
    return probed;
  }

  private Probed probe(boolean over) {
    Look.await(client.ping());
    String put =
        Look.await(
            puts.one(Plan.PLAIN, stage.next(true), PutOptions.DEFAULT)
                .transform(
                    result -> io.vertx.core.Future.succeededFuture(Puts.outcome(result.cause()))));
    Header info = Look.await(client.request("server.info", Buffer.buffer(0))).header();
    return new Probed(fault, over, put, info.text("health"));
  }
}
