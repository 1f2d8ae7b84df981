package io.baozi.cli;

import io.baozi.client.FileInfo;
import io.baozi.client.FileStat;
import io.baozi.client.FileStore;
import io.baozi.client.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Copies files between here and the server. Safe for use by several threads. */
final class Copier {
  private static final long LOOK_MILLIS = 100;

  private final Session session;
  private final FileStore files;
  private final Shell shell;
  private final CopyTerms terms;
  private final CopyBar bar;
  private final Outage outage;

  Copier(Session session, Shell shell, CopyTerms terms, CopyBar bar, Outage outage) {
    this.session = session;
    this.files = session.client().files();
    this.shell = shell;
    this.terms = terms;
    this.bar = bar;
    this.outage = outage;
  }

  /** Copies a file; fails with what a person is to know about why it could not be done. */
  Copied copy(CopyStep step) {
    long across = 0;
    try {
      Copied copied = step.from() instanceof Spot.There there ? down(step, there) : up(step);
      across = copied.file().length();
      return copied;
    } finally {
      bar.end(step, across);
    }
  }

  private Copied up(CopyStep step) {
    String name = ((Spot.There) step.to()).name();
    Optional<Path> file = regular(step.from());
    if (file.isPresent()) {
      return upload(step, name, file.get());
    }
    try (Spool spool = Spool.open(shell.environment());
        Source source = Source.ofFile("" + step.from(), shell)) {
      CompletableFuture<Void> filled = spool.fill(source);
      watch(step, filled, spool::length);
      session.await(filled);
      return upload(step, name, spool.path());
    }
  }

  /** The file that a source is; nothing if it is none, and can be read but once. */
  private Optional<Path> regular(Spot source) {
    if (source instanceof Spot.Here here) {
      return Optional.of(here.path()).filter(Files::isRegularFile);
    }
    return Descriptor.file(shell.in());
  }

  private Copied upload(CopyStep step, String name, Path file) {
    return found(step, name, file)
        .map(info -> new Copied(step, info, false))
        .orElseGet(
            () -> new Copied(step, await(step, files.upload(name, file, terms.upload())), true));
  }

  private Copied down(CopyStep step, Spot.There from) {
    if (step.to() instanceof Spot.Here here) {
      return download(step, from.name(), here.path());
    }
    if (step.to() instanceof Spot.There there) {
      return across(step, from.name(), there.name());
    }
    Outflow out = new Outflow(session.context(), shell.out());
    return new Copied(step, await(step, files.download(from.name(), out, terms.download())), true);
  }

  private Copied download(CopyStep step, String name, Path file) {
    Optional<FileInfo> found = found(step, name, file);
    if (found.isPresent()) {
      return new Copied(step, found.get(), false);
    }
    prepare(step, file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw Failure.input(
          "cannot copy %s to %s: it is no regular file; write to it by: baozi cp %s - > %s"
              .formatted(step.from(), step.to(), step.from(), step.to()));
    }
    return new Copied(step, await(step, files.download(name, file, terms.download())), true);
  }

  private void prepare(CopyStep step, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (terms.makesFolders()) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw Failure.input("cannot make directory %s: %s".formatted(folder, LocalFault.reason(e)));
    }
    if (!Files.isDirectory(folder)) {
      throw Failure.input(
          "cannot copy %s to %s: there is no directory %s"
              .formatted(step.from(), step.to(), folder));
    }
  }

  /** From one name on the server to another: there is no operation for that. */
  private Copied across(CopyStep step, String from, String to) {
    try (Spool spool = Spool.open(shell.environment())) {
      await(step, files.download(from, spool.path(), terms.download()));
      return new Copied(step, await(step, files.upload(to, spool.path(), terms.upload())), true);
    }
  }

  /** What is the same here and there already, so that nothing has to be copied. */
  private Optional<FileInfo> found(CopyStep step, String name, Path file) {
    if (!terms.isResuming() || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    long length = LocalTree.length(file);
    return stat(name)
        .filter(stat -> stat.isWhole() && stat.length() == length)
        .filter(stat -> stat.sha256().equals(Sum.of(file, position -> look(step, position))))
        .map(stat -> new FileInfo(name, length, stat.sha256()));
  }

  private void look(CopyStep step, long position) {
    if (shell.interruption().isRequested()) {
      throw Failure.interrupted("interrupted");
    }
    bar.at(step, position);
  }

  /** If that cannot be told, the transfer finds out what is the matter, or goes on after it. */
  private Optional<FileStat> stat(String name) {
    try {
      return Optional.of(session.await(files.stat(name)));
    } catch (Failure failure) {
      if (shell.interruption().isRequested()) {
        throw failure;
      }
      return Optional.empty();
    }
  }

  private FileInfo await(CopyStep step, Transfer transfer) {
    CompletableFuture<FileInfo> end = transfer.future().toCompletionStage().toCompletableFuture();
    outage.begin();
    try {
      watch(step, end, () -> position(transfer));
      return session.await(end);
    } catch (Failure failure) {
      throw new CopyFault(session, step, terms).of(failure, transfer.progress());
    }
  }

  private long position(Transfer transfer) {
    outage.look(transfer.isConnected());
    return transfer.progress().done();
  }

  /** Shows how far it is until it has come to its end; fails if the command is asked to end. */
  private void watch(CopyStep step, CompletableFuture<?> end, LongSupplier position) {
    while (!end.isDone()) {
      session.await(
          end.<Object>handle((done, fault) -> done)
              .completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS));
      bar.at(step, position.getAsLong());
    }
  }
}
