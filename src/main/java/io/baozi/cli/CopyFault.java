package io.baozi.cli;

import io.baozi.client.TransferProgress;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Says in a person's words why a file was not copied, and what would do it. */
final class CopyFault {
  private final Session session;
  private final CopyStep step;
  private final CopyTerms terms;

  CopyFault(Session session, CopyStep step, CopyTerms terms) {
    this.session = session;
    this.step = step;
    this.terms = terms;
  }

  /** Whether what has failed one file would fail the others, too. */
  static boolean isOfAll(Failure failure) {
    return failure.exit() == Exit.INTERRUPTED || failure.error().equals("connection");
  }

  /**
   * What to say of a transfer that has failed.
   *
   * @param failure that waiting for it ended in
   * @param progress how far it was
   */
  Failure of(Failure failure, TransferProgress progress) {
    if (failure.exit() == Exit.INTERRUPTED) {
      return failure.adding(rest(progress));
    }
    String what = "cannot copy " + step.from() + " to " + step.to() + ": ";
    Throwable cause = failure.getCause();
    if (cause instanceof RefusedException refusal) {
      return new Failure(
          failure.error(), what + refusal.getMessage() + hint(refusal), failure.exit(), cause);
    }
    if (cause instanceof FileSystemException local) {
      return new Failure("input", what + LocalFault.reason(local), Exit.FAILED, cause);
    }
    if (cause instanceof IOException && cause.getMessage().startsWith("no progress")) {
      return impatient(what, cause, progress);
    }
    return cause instanceof IOException
        ? new Failure("input", what + cause.getMessage(), Exit.FAILED, cause)
        : failure;
  }

  private Failure impatient(String what, Throwable cause, TransferProgress progress) {
    String why =
        cause.getCause() == null ? "" : ", " + session.failure(cause.getCause()).getMessage();
    return new Failure(
        "connection",
        "%snothing got across for %s (--patience)%s; %s"
            .formatted(what, Durations.text(terms.patience()), why, rest(progress)),
        Exit.TIMED_OUT,
        cause);
  }

  /** How far it was, and how to go on. */
  private String rest(TransferProgress progress) {
    String source = step.from() instanceof Spot.Standard ? "standard input" : "" + step.from();
    boolean isKept =
        terms.isResuming() && (step.isBetween() || step.from() instanceof Spot.Standard);
    if (progress.done() == 0 && isKept) {
      return "the same command goes on with what there is";
    }
    String total = progress.total() < 0 ? "" : " of " + Units.bytes(progress.total());
    String far = "%s%s of %s are across".formatted(Units.bytes(progress.done()), total, source);
    return isKept ? far + ", the same command goes on from there" : far;
  }

  private String hint(RefusedException refusal) {
    boolean isFolder =
        refusal.code() == ErrorCode.CONFLICT
            && step.to() instanceof Spot.There there
            && !session.await(session.client().files().list(there.name() + "/")).isEmpty();
    return isFolder ? "; " + step.to() + "/ puts it there under its own name" : "";
  }
}
