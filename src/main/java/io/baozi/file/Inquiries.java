package io.baozi.file;

import io.baozi.file.Tree.Standing;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Shown;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * What is asked about files whose checksums are to be known: one that somebody else put there is
 * read for it before. On the service's event loop, but for the questions.
 */
final class Inquiries {
  /** How often a file is read for its checksum that somebody else changes meanwhile. */
  private static final int TRIES = 3;

  private final Lane lane;

  Inquiries(Lane lane) {
    this.lane = lane;
  }

  /** What is asked, on a worker. */
  @FunctionalInterface
  interface Question<T> {
    /**
     * Answers it.
     *
     * @param file empty if there is none
     * @param sha256 of the file, null if there is none
     */
    T on(Store store, Optional<Standing> file, String sha256) throws IOException;
  }

  /** What it was answered, which may be null. */
  private record Answer<T>(T value) {}

  /** The checksum of a file as it was found. */
  private record Sum(Standing file, String sha256) {}

  /** Asks in order; {@code busy} if the file is changed again and again. */
  <T> Future<T> ask(FileName name, Question<T> question) {
    return ask(name, question, TRIES);
  }

  private <T> Future<T> ask(FileName name, Question<T> question, int tries) {
    return lane.inOrder(store -> ask(store, name, question))
        .compose(
            answer ->
                answer != null
                    ? Future.succeededFuture(answer.value())
                    : sum(name, tries).compose(v -> ask(name, question, tries - 1)));
  }

  /** Null if the checksum has to be known first. */
  private static <T> Answer<T> ask(Store store, FileName name, Question<T> question)
      throws IOException {
    Optional<Standing> file = store.tree().find(name);
    String sum = file.isPresent() ? store.sums().find(name, file.get()) : null;
    return file.isPresent() && sum == null ? null : new Answer<>(question.on(store, file, sum));
  }

  private Future<Void> sum(FileName name, int tries) {
    if (tries == 0) {
      return Future.failedFuture(
          new RefusedException(
              ErrorCode.BUSY,
              "something changes " + Shown.value(name.text()) + " on the server; try later"));
    }
    return lane.aside(store -> sum(store, name))
        .compose(sum -> lane.inOrder(store -> note(store, name, sum)));
  }

  private static Optional<Sum> sum(Store store, FileName name) throws IOException {
    Optional<Standing> file = store.tree().find(name);
    if (file.isEmpty()) {
      return Optional.empty(); // it was removed meanwhile
    }
    try (FileChannel open = store.tree().open(file.get())) {
      return Optional.of(new Sum(file.get(), Sums.compute(file.get(), open)));
    }
  }

  private static Void note(Store store, FileName name, Optional<Sum> sum) throws IOException {
    if (sum.isPresent()) {
      store.sums().put(name, sum.get().file().attributes(), sum.get().sha256());
    }
    return null;
  }
}
