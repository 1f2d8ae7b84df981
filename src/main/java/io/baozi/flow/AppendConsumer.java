package io.baozi.flow;

import io.baozi.client.Message;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Appends each message to a file, in the order taken, with a separator behind it, and acknowledges
 * it when that is done.
 *
 * <p>Without {@code sync}, done means that the operating system has the bytes: they outlive this
 * process, not a power cut. With it they have been forced to disk, those of all messages in hand
 * together; that the file is there at all is for its directory to know, which is not forced. Either
 * way a message whose acknowledgement was lost is appended again. A write that failed may leave a
 * piece of a message at the file's end, where the next one is written. A separator inside a message
 * is left as it is.
 *
 * <p>One instance appends to a file at a time; for more speed raise its {@code concurrency}.
 */
final class AppendConsumer extends Consumer {
  /**
   * Its settings.
   *
   * @param file to append to, made if it is not there
   * @param separator behind each message, maybe empty
   * @param sync whether a message is forced to disk before it is acknowledged
   */
  record Settings(String file, String separator, boolean sync) {
    static Settings from(String place, JsonObject config) {
      Keys keys = new Keys(place, config, "file", "separator", "sync");
      return new Settings(
          keys.text("file"), keys.text("separator", "\n"), keys.flag("sync", false));
    }
  }

  private Buffer separator;
  private AppendFile file;

  @Override
  protected Future<?> open() {
    Settings own = Settings.from(Kind.CONSUMER.place(settings().name()), config());
    separator = Buffer.buffer(own.separator());
    return AppendFile.open(vertx, own.file(), own.sync()).map(opened -> file = opened);
  }

  @Override
  protected Future<?> consume(Message message) {
    return file.append(message.body(), separator);
  }

  @Override
  protected Future<?> close() {
    return file.close();
  }
}
