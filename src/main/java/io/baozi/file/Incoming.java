package io.baozi.file;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One file on its way in: into a part of its own, which takes the name once it is whole and its
 * checksum is right. If it is cut the part is kept, if it is refused nothing is. On the service's
 * event loop, but for what it asks of the {@link Lane}.
 */
final class Incoming {
  private static final Logger LOG = System.getLogger(Incoming.class.getName());

  private final Put put;
  private final Request request;
  private final String key;

  /** Bytes of the disk that are not for this file. */
  private final long spared;

  private final Lane lane;
  private final Fences fences;
  private final Room room;
  private final Digests digests;

  /** Those under way, which this leaves once it is over, or refused and its body to be skipped. */
  private final Puts puts;

  /** Null until bytes are taken. */
  private Upload upload;

  private Future<Published> over;

  /** A part that is open. */
  private record Part(FileChannel file, long dropped) {}

  Incoming(Put put, Request request, long spared, Puts puts) {
    this.put = put;
    this.request = request;
    this.key = put.name().key();
    this.spared = spared;
    this.lane = puts.lane();
    this.fences = puts.fences();
    this.room = puts.room();
    this.digests = puts.digests();
    this.puts = puts;
  }

  /** Bytes that are announced and not in the file yet. */
  long unwritten() {
    return put.size() - (upload == null ? 0 : upload.written());
  }

  /** What becomes of it, once it has begun. */
  Future<Published> over() {
    return over;
  }

  /** Takes the body; if that fails, it has come to its end. */
  Future<Published> begin() {
    over = prepare().compose(this::receive, this::refuse).andThen(v -> puts.leave(key, this));
    return over;
  }

  /** The upload that takes the body, which is still to be taken. */
  private Future<Upload> prepare() {
    return fences
        .require(request)
        .compose(v -> lane.write(this::open))
        .compose(part -> digest(part.file()).map(digest -> upload(part, digest)));
  }

  private Part open(Store store) throws IOException {
    store.tree().requirePlace(put.name());
    requireSpace(store);
    if (put.offset() == 0) {
      long dropped = store.partials().received(put.name()).orElse(0);
      return new Part(store.partials().begin(put.name()), dropped);
    }
    long received = store.partials().received(put.name()).orElse(0);
    if (received != put.offset()) {
      throw new RefusedException(
          ErrorCode.CONFLICT,
          "offset is " + put.offset() + ", received are " + received + " bytes of this file");
    }
    return new Part(store.partials().goOn(put.name()), 0);
  }

  private void requireSpace(Store store) {
    if (store.free() - put.size() < spared) {
      throw new RefusedException(
          ErrorCode.BUSY,
          "the server's disk for files has no room for "
              + put.size()
              + " bytes beside what is under way and stays free (files.minFree)");
    }
  }

  /** The digest of what came before; it is read again unless this process received it. */
  private Future<MessageDigest> digest(FileChannel part) {
    MessageDigest known = put.offset() == 0 ? Sha256.digest() : digests.take(key, put.offset());
    return known != null
        ? Future.succeededFuture(known)
        : lane.aside(store -> Sha256.digest(part, put.offset())).onFailure(e -> Disk.close(part));
  }

  private Upload upload(Part part, MessageDigest digest) {
    room.give(part.dropped());
    upload = new Upload(lane.workers(), part.file(), digest, request.inflow());
    return upload;
  }

  private Future<Published> refuse(Throwable failure) {
    room.give(put.size());
    puts.leave(key, this);
    return lane.here(Bodies.skip(request)).transform(v -> Future.failedFuture(failure));
  }

  private Future<Published> receive(Upload upload) {
    if (request.inflow() != null) {
      request.inflow().to(upload);
    } else if (request.body().length() > 0) {
      upload.piece(request.body(), 0);
    } else {
      upload.empty();
    }
    return lane.here(upload.end())
        .compose(end -> end == Upload.End.WHOLE ? publish() : keep(), this::drop);
  }

  /** What came stays, to go on from there. */
  private Future<Published> keep() {
    long received = put.offset() + upload.written();
    room.give(put.size() - upload.written());
    Future<?> kept;
    if (received == 0) {
      kept = lane.inOrder(store -> store.partials().remove(put.name()));
    } else {
      digests.keep(key, received, upload.digest());
      kept = Future.succeededFuture();
    }
    return kept.transform(
        v ->
            Future.failedFuture(
                new RefusedException(
                    ErrorCode.CANCELLED,
                    "the connection ended within the body; received are " + received + " bytes")));
  }

  private Future<Published> publish() {
    String sha256 = HexFormat.of().formatHex(upload.digest().digest());
    return requireSame(sha256)
        .compose(v -> fences.require(request))
        .compose(v -> lane.write(store -> publish(store, sha256)))
        .map(
            file -> {
              room.give(file.replaced());
              return file;
            })
        .recover(this::drop)
        .map(
            file -> {
              file.requireForced();
              return file;
            });
  }

  private Future<Void> requireSame(String sha256) {
    return put.sha256() == null || put.sha256().equals(sha256)
        ? Future.succeededFuture()
        : Future.failedFuture(
            new RefusedException(
                ErrorCode.CORRUPT,
                "what came has the sha256 " + sha256 + ", announced was " + put.sha256()));
  }

  private Published publish(Store store, String sha256) throws IOException {
    Path part = store.partials().path(put.name());
    store.tree().requirePlace(put.name());
    var replaced = store.tree().find(put.name());
    store
        .sums()
        .put(
            put.name(),
            Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS),
            sha256);
    boolean forced = store.tree().publish(put.name(), part);
    return new Published(
        put.length(), sha256, replaced.map(file -> file.attributes().size()).orElse(0L), forced);
  }

  /** Nothing of it is kept; what is left of the disk is asked before it has that back. */
  private Future<Published> drop(Throwable failure) {
    return lane.aside(store -> Disk.told(failure, store.free()))
        .otherwise(failure)
        .compose(
            told ->
                lane.inOrder(store -> store.partials().remove(put.name()))
                    .andThen(this::dropped)
                    .transform(v -> Future.failedFuture(told)));
  }

  private void dropped(Long bytes, Throwable failure) {
    if (failure == null) {
      room.give(put.length());
    } else {
      LOG.log(Level.WARNING, "what came of a refused put could not be removed", failure);
    }
  }
}
