package io.baozi.client;

import io.baozi.frame.Json;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A list of the server's, which it gives by name and page by page.
 *
 * @param list the operation
 * @param plural under which a page has its entries
 * @param type of them, as an array
 * @param name of an entry
 * @param terms more arguments, keys and values in turn
 */
record Pages<T>(
    Client client,
    Operation list,
    String plural,
    Class<T[]> type,
    Function<T, String> name,
    List<Object> terms) {

  /** A list without more arguments. */
  Pages(Client client, Operation list, String plural, Class<T[]> type, Function<T, String> name) {
    this(client, list, plural, type, name, List.of());
  }

  /** All entries. */
  Future<List<T>> all() {
    return after(null, List.of());
  }

  private Future<List<T>> after(String last, List<T> before) {
    List<Object> arguments = new ArrayList<>(terms);
    arguments.add("after");
    arguments.add(last);
    return client
        .call(list, Buffer.buffer(0), arguments.toArray())
        .compose(
            reply ->
                Client.read(reply, this::page)
                    .compose(
                        page -> {
                          List<T> all = new ArrayList<>(before);
                          all.addAll(page);
                          return hasMore(reply)
                              ? after(name.apply(page.get(page.size() - 1)), all)
                              : Future.succeededFuture(List.copyOf(all));
                        }));
  }

  private List<T> page(Reply reply) {
    List<T> page =
        reply.header().get(plural) instanceof Json entries ? List.of(entries.as(type)) : List.of();
    if (page.isEmpty() && hasMore(reply)) {
      throw new IllegalArgumentException("a page without " + plural + ", and more behind it");
    }
    return page;
  }

  private static boolean hasMore(Reply reply) {
    return reply.header().get("more") instanceof Boolean more && more;
  }
}
