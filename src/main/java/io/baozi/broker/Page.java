package io.baozi.broker;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a list has room for in one answer. */
final class Page {
  private int left;
  private boolean more;

  /**
   * An empty page.
   *
   * @param room in bytes, for the JSON of its entries
   */
  Page(int room) {
    this.left = room;
  }

  /** As many entries as there is room for, none behind the first that has none. */
  <T> Json entries(Collection<T> all, Function<T, Header> form) {
    List<Header> entries = new ArrayList<>();
    for (T each : all) {
      Header entry = form.apply(each);
      left -= entry.json().length();
      if (left < 0) {
        more = true;
        break;
      }
      entries.add(entry);
    }
    return Json.array(entries.toArray(Header[]::new));
  }

  /** True if there was more than there was room for, null if not, as an answer tells it. */
  Boolean more() {
    return more ? true : null;
  }

  /**
   * The fields of an answer that lists objects, at least one of them, each cut to what is left.
   *
   * @param key of the list
   * @param form the fields of one object, as far as a page has room
   */
  <T> Object[] list(String key, Collection<T> all, BiFunction<T, Page, Object[]> form) {
    List<Header> entries = new ArrayList<>();
    for (T each : all) {
      Page own = new Page(Math.max(left, 0));
      Header entry = Header.of(form.apply(each, own));
      left -= entry.json().length();
      if (!entries.isEmpty() && (own.more || left < 0)) {
        more = true;
        break;
      }
      entries.add(entry);
    }
    return new Object[] {key, Json.array(entries.toArray(Header[]::new)), "more", more()};
  }
}
