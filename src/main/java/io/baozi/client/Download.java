package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** A file on its way from the server, which goes on after a cut. On the context only. */
final class Download extends Carriage {
  private final String name;
  private final DownloadTarget target;
  private StreamLink link;

  /** What the server has; null before it has said so. */
  private FileInfo file;

  /** Bytes that have come. */
  private long have;

  /** Whether the beginning is another download's, and may be another file's. */
  private boolean inherited;

  /** Whether what has come is of no use. */
  private boolean useless;

  Download(Streams streams, String name, DownloadTarget target, DownloadOptions how) {
    super(streams, how.patience());
    this.name = name;
    this.target = target;
  }

  @Override
  Future<Void> open() {
    return target
        .open(this::goOn, this::fail)
        .map(
            found -> {
              have = found;
              inherited = found > 0;
              moved(found);
              return null;
            });
  }

  @Override
  Future<Void> ready() {
    if (!useless) {
      return Future.succeededFuture();
    }
    useless = false;
    inherited = false;
    have = 0;
    file = null;
    moved(0);
    return target.startOver();
  }

  @Override
  void carry(Dialogue dialogue) {
    link = dialogue.link();
    dialogue
        .fetch(Operation.FILE_GET, this::take, "name", name, "offset", have == 0 ? null : have)
        .onSuccess(this::begin)
        .onFailure(this::notGot);
  }

  private void begin(Reply reply) {
    FileInfo theirs;
    try {
      theirs = read(reply);
    } catch (RuntimeException e) {
      fail(Client.unreadable(reply, e));
      return;
    }
    if (file != null && !file.equals(theirs)) {
      replaced();
      return;
    }
    file = theirs;
    total(file.length());
    if (isPaused()) {
      link.pause();
    }
    if (have == file.length()) {
      received();
    }
  }

  private FileInfo read(Reply reply) {
    long length = (Long) reply.header().get("length");
    String sum = reply.header().text("sha256");
    if (!Sha256.isWritten(sum) || reply.header().size() != length - have) {
      throw new IllegalArgumentException("no sha256, or not the rest of the file");
    }
    return new FileInfo(name, length, sum);
  }

  /** The server has another file by now. */
  private void replaced() {
    if (target.canStartOver()) {
      startOver();
    } else {
      fail(new IOException(name + " was replaced on the server while it was read"));
    }
  }

  private void startOver() {
    useless = true;
    again();
  }

  private void notGot(Throwable refusal) {
    boolean tooLong =
        refusal instanceof RefusedException refused && refused.code() == ErrorCode.BAD_REQUEST;
    if (tooLong && have > 0 && target.canStartOver()) {
      startOver();
    } else {
      refused(refusal);
    }
  }

  private void take(Buffer piece, long left) {
    have += piece.length();
    target.add(piece);
    moved(have);
    if (left == 0) {
      received();
    } else if (target.isFull()) {
      link.pause();
    }
  }

  private void received() {
    leave();
    target.sum().onSuccess(this::check).onFailure(this::fail);
  }

  private void check(String sum) {
    if (isOver()) {
      return;
    }
    if (sum.equals(file.sha256())) {
      target.complete().onSuccess(v -> finish(file)).onFailure(this::fail);
    } else if (inherited) {
      startOver();
    } else {
      useless = true;
      fail(
          new RefusedException(
              ErrorCode.CORRUPT, "the server has " + file.sha256() + ", what came is " + sum));
    }
  }

  /** The target may take its time. */
  @Override
  void tick(Dialogue dialogue) {
    if (target.isFull()) {
      alive();
    }
  }

  @Override
  boolean isRepeatable() {
    return true;
  }

  @Override
  void halt() {
    link = null;
  }

  @Override
  void hold() {
    if (link != null) {
      link.pause();
    }
  }

  @Override
  void goOn() {
    if (link != null && !isPaused() && !target.isFull()) {
      link.resume();
    }
  }

  @Override
  Future<Void> close(boolean kept) {
    return target.close(kept && !useless && have > 0);
  }
}
