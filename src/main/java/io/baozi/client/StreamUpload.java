package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;

/**
 * What a stream gives on its way to the server; a cut is its end, since a stream gives nothing
 * twice. On the context only, to which the stream is paused.
 */
final class StreamUpload extends Carriage {
  /** Bytes that an {@link AsyncFile} reads at a time. */
  private static final int PIECE = 256 * 1024;

  private final String name;
  private final ReadStream<Buffer> source;
  private final long size;
  private final UploadOptions how;
  private final Sha256 digest = new Sha256();
  private final Handoff handoff;
  private StreamLink link;
  private long given;
  private long sent;
  private boolean begun;
  private boolean flowing;

  StreamUpload(
      Streams streams, String name, ReadStream<Buffer> source, long size, UploadOptions how) {
    super(streams, how.patience());
    this.name = name;
    this.source = source;
    this.size = size;
    this.how = how;
    this.handoff = new Handoff(home, digest::add, this::flow, this::fail);
    source.pause();
  }

  @Override
  Future<Void> open() {
    total(size);
    if (source instanceof AsyncFile file) {
      file.setReadBufferSize(PIECE);
    }
    return Future.succeededFuture();
  }

  @Override
  void carry(Dialogue dialogue) {
    begun = true;
    link = dialogue.link();
    link.onDrain(this::flow);
    dialogue
        .begin(
            Operation.FILE_PUT,
            size,
            "name",
            name,
            "sha256",
            how.sha256(),
            "fence",
            Fence.json(how.fence()))
        .onSuccess(this::kept)
        .onFailure(this::refused);
    source.exceptionHandler(e -> home.run(() -> fail(e)));
    source.endHandler(v -> home.run(this::ended));
    source.handler(bytes -> home.run(() -> give(bytes)));
    flow();
  }

  private void give(Buffer bytes) {
    if (isOver()) {
      return;
    }
    given += bytes.length();
    if (given > size) {
      fail(new IOException("the source has more than the " + size + " bytes that were announced"));
      return;
    }
    handoff.add(bytes);
    link.write(bytes)
        .onSuccess(
            v -> {
              sent += bytes.length();
              moved(sent);
            });
    if (isFull() && flowing) {
      flowing = false;
      source.pause();
    }
  }

  private boolean isFull() {
    return isPaused() || link.isFull() || handoff.isFull();
  }

  private void flow() {
    if (!flowing && !isOver() && link != null && !isFull()) {
      flowing = true;
      source.resume();
    }
  }

  private void ended() {
    if (given < size) {
      fail(new IOException("the source ended after " + given + " of " + size + " bytes"));
    }
  }

  private void kept(Reply reply) {
    String theirs = reply.header().text("sha256");
    leave();
    handoff
        .idle()
        .onSuccess(
            v -> {
              if (digest.hex().equals(theirs)) {
                finish(new FileInfo(name, size, theirs));
              } else {
                fail(
                    new RefusedException(
                        ErrorCode.CORRUPT,
                        "the server has " + theirs + ", the source gave " + digest.hex()));
              }
            });
  }

  /** The source may take its time, and the server for the end of a long file. */
  @Override
  void tick(Dialogue dialogue) {
    if (sent == size) {
      dialogue.ask(Operation.PING).onSuccess(v -> alive());
    } else if (sent == given) {
      alive();
    }
  }

  @Override
  boolean isRepeatable() {
    return false;
  }

  @Override
  void hold() {
    if (flowing) {
      flowing = false;
      source.pause();
    }
  }

  @Override
  void goOn() {
    flow();
  }

  @Override
  Future<Void> forget() {
    return begun ? Forgetting.of(streams, name, how.fence()) : Future.succeededFuture();
  }

  /** The source is its owner's to close. */
  @Override
  Future<Void> close(boolean kept) {
    if (begun) {
      source.handler(null);
      source.endHandler(null);
      source.exceptionHandler(null);
    }
    handoff.stop();
    return handoff.idle();
  }
}
