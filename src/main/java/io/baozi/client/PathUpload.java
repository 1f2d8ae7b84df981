package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import java.nio.file.Path;

/** A file on its way to the server, which goes on after a cut. On the context only. */
final class PathUpload extends Carriage {
  private final String name;
  private final Path source;
  private final UploadOptions how;
  private FileReading file;

  /** Null if nothing is sent now. */
  private FileSending sending;

  /** The checksum; null as long as the file has not been read to its end. */
  private String sum;

  /** Whether the server may have something of ours. */
  private boolean begun;

  /** Whether it was sent a second time from the beginning because a checksum was wrong. */
  private boolean repeated;

  PathUpload(Streams streams, String name, Path source, UploadOptions how) {
    super(streams, how.patience());
    this.name = name;
    this.source = source.toAbsolutePath();
    this.how = how;
  }

  @Override
  Future<Void> open() {
    return FileReading.open(home, source)
        .map(
            opened -> {
              file = opened;
              total(file.length());
              return null;
            });
  }

  /** What is sent a second time is known beforehand, so that the server can tell. */
  @Override
  Future<Void> ready() {
    return begun ? readAll() : Future.succeededFuture();
  }

  private Future<Void> readAll() {
    return file.whole(this::alive)
        .map(
            digest -> {
              sum = digest.hex();
              return null;
            });
  }

  @Override
  void carry(Dialogue dialogue) {
    if (begun || how.resume()) {
      dialogue
          .ask(Operation.FILE_STAT, "name", name)
          .onSuccess(reply -> look(dialogue, reply))
          .onFailure(e -> lookInVain(dialogue, e));
    } else {
      put(dialogue, 0);
    }
  }

  private void lookInVain(Dialogue dialogue, Throwable refusal) {
    if (refusal instanceof RefusedException refused && refused.code() == ErrorCode.NOT_FOUND) {
      put(dialogue, 0);
    } else {
      refused(refusal);
    }
  }

  private void look(Dialogue dialogue, Reply reply) {
    long received = reply.header().get("received") instanceof Long bytes ? bytes : 0;
    if (received == 0 && begun && sum.equals(reply.header().text("sha256"))) {
      // The answer was lost, not the file.
      finish(new FileInfo(name, file.length(), sum));
    } else if (received == 0 || received > file.length()) {
      put(dialogue, 0);
    } else {
      readAll().onSuccess(v -> putRest(dialogue, received)).onFailure(this::fail);
    }
  }

  private void putRest(Dialogue dialogue, long offset) {
    if (isOn(dialogue)) {
      put(dialogue, offset);
    }
  }

  private void put(Dialogue dialogue, long offset) {
    begun = true;
    arrived(offset);
    dialogue
        .begin(
            Operation.FILE_PUT,
            file.length() - offset,
            "name",
            name,
            "offset",
            offset == 0 ? null : offset,
            "sha256",
            sum == null ? how.sha256() : sum,
            "fence",
            Fence.json(how.fence()))
        .onSuccess(this::kept)
        .onFailure(refusal -> notKept(refusal, offset));
    sending = new FileSending(this, dialogue.link(), source, file, offset);
    sending.goOn();
  }

  private void kept(Reply reply) {
    String theirs = reply.header().text("sha256");
    leave();
    readAll()
        .onSuccess(
            v -> {
              if (sum.equals(theirs)) {
                finish(new FileInfo(name, file.length(), sum));
              } else {
                corrupt(
                    new RefusedException(
                        ErrorCode.CORRUPT,
                        "the server has " + theirs + ", in " + source + " there was " + sum));
              }
            })
        .onFailure(this::fail);
  }

  private void notKept(Throwable refusal, long offset) {
    boolean mayBeRight = offset > 0 || how.sha256() == null;
    if (refusal instanceof RefusedException refused
        && refused.code() == ErrorCode.CORRUPT
        && mayBeRight) {
      corrupt(refusal);
    } else {
      refused(refusal);
    }
  }

  /** Either the beginning was another file's, or this one has changed, or the way is bad. */
  private void corrupt(Throwable why) {
    if (repeated) {
      fail(why);
      return;
    }
    repeated = true;
    sum = null;
    leave();
    file.startOver().onSuccess(v -> again()).onFailure(this::fail);
  }

  /** The server may take its time for the end of a long file. */
  @Override
  void tick(Dialogue dialogue) {
    if (sending != null && sending.isDone()) {
      dialogue.ask(Operation.PING).onSuccess(v -> alive());
    }
  }

  @Override
  boolean isRepeatable() {
    return true;
  }

  @Override
  void halt() {
    if (sending != null) {
      sending.stop();
      sending = null;
    }
  }

  @Override
  void hold() {}

  @Override
  void goOn() {
    if (sending != null) {
      sending.goOn();
    }
  }

  @Override
  Future<Void> forget() {
    return begun ? Forgetting.of(streams, name, how.fence()) : Future.succeededFuture();
  }

  @Override
  Future<Void> close(boolean kept) {
    return file == null ? Future.succeededFuture() : file.close();
  }
}
