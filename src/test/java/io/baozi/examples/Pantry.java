package io.baozi.examples;

import io.baozi.client.Client;
import io.baozi.client.FileInfo;
import io.baozi.client.Lease;
import io.baozi.client.Pipe;
import io.baozi.client.Transfer;
import io.baozi.client.TransferProgress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.time.Duration;

/** What is kept for later, and what is passed through the hatch: the code of docs/files.md. */
final class Pantry {
  private Pantry() {}

  /** Keeps a recipe, telling how far it is. */
  static Future<FileInfo> keep(Vertx vertx, Client client, Path recipe) {
    Transfer transfer = client.files().upload("recipes/" + recipe.getFileName(), recipe);
    long timer = vertx.setPeriodic(1000, t -> tell(transfer.progress()));
    return transfer.future().onComplete(v -> vertx.cancelTimer(timer));
  }

  private static void tell(TransferProgress progress) {
    System.err.println(progress.done() + " of " + progress.total() + " bytes");
  }

  /** Fetches a recipe. */
  static Future<FileInfo> fetch(Client client, String recipe, Path target) {
    return client.files().download("recipes/" + recipe, target).future();
  }

  /** Replaces the menu while nobody else does, and not after that. */
  static Future<FileInfo> replaceMenu(Client client, Path menu) {
    return client.lock("menu").acquire().compose(lease -> replace(client, menu, lease));
  }

  private static Future<FileInfo> replace(Client client, Path menu, Lease lease) {
    return client
        .files()
        .withFence(lease.fence())
        .upload("menu", menu)
        .future()
        .eventually(lease::release);
  }

  /** Passes a dish through the hatch. */
  static Future<Void> pass(Vertx vertx, Client client, Path dish) {
    Future<AsyncFile> file = vertx.fileSystem().open(dish.toString(), new OpenOptions());
    return client
        .pipe("hatch")
        .open(Duration.ofMinutes(1))
        .compose(pipe -> file.compose(bytes -> bytes.pipeTo(pipe)));
  }

  /** Takes what is passed through the hatch. */
  static Future<Buffer> take(Client client) {
    return client.pipe("hatch").open(Duration.ofMinutes(1)).compose(Pantry::readAll);
  }

  private static Future<Buffer> readAll(Pipe pipe) {
    Buffer dish = Buffer.buffer();
    Promise<Buffer> all = Promise.promise();
    pipe.exceptionHandler(all::tryFail);
    pipe.endHandler(v -> all.tryComplete(dish));
    pipe.handler(dish::appendBuffer);
    return all.future();
  }
}
