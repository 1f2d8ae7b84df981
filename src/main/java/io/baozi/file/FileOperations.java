package io.baozi.file;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.bus.Failures;
import io.baozi.file.Tree.Standing;
import io.baozi.frame.Header;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Region;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Shown;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The operations on files. Each answers its request once. On the service's event loop. */
final class FileOperations {
  private static final int LONGEST_PREFIX = 1024;

  private final StreamSettings settings;
  private final Lane lane;
  private final Fences fences;
  private final Room room;
  private final Puts puts;
  private final Inquiries inquiries;

  /** A part of a file that is open; what a get is answered with. */
  private record Opened(FileChannel file, long length, String sha256) {}

  /** What a delete has freed. */
  private record Deleted(boolean any, long bytes, boolean forced) {}

  FileOperations(StreamSettings settings, Lane lane, Fences fences, Room room, Puts puts) {
    this.settings = settings;
    this.lane = lane;
    this.fences = fences;
    this.room = room;
    this.puts = puts;
    this.inquiries = new Inquiries(lane);
  }

  Map<Operation, Action> actions() {
    return Map.of(
        Operation.FILE_PUT, this::put,
        Operation.FILE_GET, this::get,
        Operation.FILE_STAT, this::stat,
        Operation.FILE_LIST, this::list,
        Operation.FILE_DELETE, this::delete);
  }

  private static void answer(StreamSession session, Request request, Future<Reply> reply) {
    reply.onComplete(
        session::answer, failure -> session.answer(Failures.answer(request, Disk.told(failure))));
  }

  private void put(StreamSession session, Request request) {
    Put put = Put.of(request);
    answer(
        session,
        request,
        session
            .turns()
            .take(put.name().text(), () -> put(put, request))
            .map(file -> request.ok("length", file.length(), "sha256", file.sha256())));
  }

  /** The store is opened before, so that it is known how much room there is. */
  private Future<Published> put(Put put, Request request) {
    return lane.open()
        .compose(v -> again(put, request))
        .compose(
            done -> done.isPresent() ? skip(request, done.get()) : begin(put, request),
            failure -> refuse(request, failure));
  }

  private Future<Published> begin(Put put, Request request) {
    try {
      return puts.put(put, request);
    } catch (RefusedException e) {
      return refuse(request, e);
    }
  }

  private Future<Published> refuse(Request request, Throwable failure) {
    return lane.here(Bodies.skip(request)).transform(v -> Future.failedFuture(failure));
  }

  /**
   * A put that is sent again, because its answer may have got lost, is done already if the file
   * stands as it was to be.
   */
  private Future<Optional<Published>> again(Put put, Request request) {
    String sha256 = put.sha256();
    if (sha256 == null || !request.arguments().flag("again")) {
      return Future.succeededFuture(Optional.empty());
    }
    return inquiries.ask(
        put.name(),
        (store, file, sum) ->
            sha256.equals(sum)
                ? Optional.of(done(store.tree(), file.get(), sha256))
                : Optional.empty());
  }

  /** What was answered before may be that the disk had not confirmed it: it is asked anew. */
  private static Published done(Tree tree, Standing file, String sha256) throws IOException {
    return new Published(file.attributes().size(), sha256, 0, tree.force(file));
  }

  private Future<Published> skip(Request request, Published done) {
    return lane.here(Bodies.skip(request))
        .map(
            v -> {
              done.requireForced();
              return done;
            });
  }

  private void get(StreamSession session, Request request) {
    Arguments arguments = request.arguments();
    FileName name = FileName.of(arguments);
    long offset = arguments.integer("offset", 0, 0, Header.MAX_INTEGER);
    long length = arguments.integer("length", Header.MAX_INTEGER, 0, Header.MAX_INTEGER);
    request.requireSize(settings.limits().maxMessage());
    Promise<Runnable> slot = Promise.promise();
    session.gets().add(slot::complete);
    session
        .turns()
        .take(name.text(), () -> slot.future().compose(done -> open(name, offset)))
        .onComplete(
            file -> send(session, request, file, offset, length, slot.future().result()),
            failure -> {
              session.answer(Failures.answer(request, failure));
              slot.future().result().run();
            });
  }

  private Future<Opened> open(FileName name, long offset) {
    return inquiries.ask(
        name,
        (store, found, sum) -> {
          Standing file = found.orElseThrow(() -> missing(name));
          long length = file.attributes().size();
          if (offset > length) {
            throw badRequest("offset is " + offset + ", the file has " + length + " bytes");
          }
          return new Opened(store.tree().open(file), length, sum);
        });
  }

  private static void send(
      StreamSession session, Request request, Opened file, long offset, long most, Runnable done) {
    Reply reply = request.ok("length", file.length(), "sha256", file.sha256());
    long length = Math.min(most, file.length() - offset);
    if (length == 0) {
      Disk.close(file.file());
      session.answer(reply);
      done.run();
    } else {
      session.answer(reply.withRegion(new Region(file.file(), offset, length)), done);
    }
  }

  private static RefusedException missing(FileName name) {
    return new RefusedException(
        ErrorCode.NOT_FOUND, "there is no file " + Shown.value(name.text()));
  }

  private void stat(StreamSession session, Request request) {
    FileName name = FileName.of(request.arguments());
    request.requireSize(settings.limits().maxMessage());
    answer(
        session,
        request,
        session
            .turns()
            .take(
                name.text(),
                () ->
                    inquiries.ask(
                        name, (store, file, sum) -> stat(store, request, name, file, sum))));
  }

  private static Reply stat(
      Store store, Request request, FileName name, Optional<Standing> file, String sum)
      throws IOException {
    OptionalLong received = store.partials().received(name);
    if (file.isEmpty() && received.isEmpty()) {
      throw missing(name);
    }
    Reply reply = request.ok("name", name.text());
    if (file.isPresent()) {
      reply =
          reply.with(
              "length",
              file.get().attributes().size(),
              "sha256",
              sum,
              "modified",
              file.get().attributes().lastModifiedTime().toMillis());
    }
    return received.isPresent() ? reply.with("received", received.getAsLong()) : reply;
  }

  private void list(StreamSession session, Request request) {
    Arguments arguments = request.arguments();
    String prefix = beginning(arguments, "prefix");
    String after = beginning(arguments, "after");
    long most = arguments.integer("max", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    request.requireSize(settings.limits().maxMessage());
    answer(
        session,
        request,
        lane.aside(
            store -> {
              FilePage page = new FilePage(settings.limits().maxHeader() / 2, most);
              new Listing(prefix, after, page::add).of(store.tree().root());
              return request.ok(page.fields());
            }));
  }

  private static String beginning(Arguments arguments, String key) {
    String text = arguments.text(key);
    if (text == null) {
      return "";
    }
    if (text.length() > LONGEST_PREFIX) {
      throw badRequest(
          key + " has " + text.length() + " characters, allowed are " + LONGEST_PREFIX);
    }
    return text;
  }

  private void delete(StreamSession session, Request request) {
    FileName name = FileName.of(request.arguments());
    boolean again = request.arguments().flag("again");
    request.requireSize(settings.limits().maxMessage());
    answer(
        session,
        request,
        session
            .turns()
            .take(name.text(), () -> delete(request, name))
            .map(
                deleted -> {
                  if (!deleted.any() && !again) {
                    throw missing(name);
                  }
                  Disk.requireForced(deleted.forced(), "the file is gone");
                  return request.ok();
                }));
  }

  private Future<Deleted> delete(Request request, FileName name) {
    return fences
        .require(request)
        .compose(v -> delete(name, puts.isUnderWay(name.key())))
        .map(
            deleted -> {
              room.give(deleted.bytes());
              return deleted;
            });
  }

  private Future<Deleted> delete(FileName name, boolean underWay) {
    return lane.inOrder(store -> delete(store, name, underWay));
  }

  /** What is under way goes on: it takes the name when it is whole. */
  private static Deleted delete(Store store, FileName name, boolean underWay) throws IOException {
    Optional<Standing> file = store.tree().find(name);
    OptionalLong received = underWay ? OptionalLong.empty() : store.partials().received(name);
    long bytes = received.orElse(0);
    boolean forced = true;
    if (received.isPresent()) {
      store.partials().remove(name);
    }
    if (file.isPresent()) {
      store.sums().remove(name);
      forced = store.tree().delete(file.get());
      bytes += file.get().attributes().size();
    }
    return new Deleted(file.isPresent() || received.isPresent(), bytes, forced);
  }
}
