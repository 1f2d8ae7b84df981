package io.baozi.broker;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A frame as the model expects it.
 *
 * @param fields of its header; those that are null are absent
 * @param whole whether it has no other fields
 * @param further what else is looked at in the real one's header
 */
record FrameModel(Map<String, Object> fields, boolean whole, Consumer<Header> further) {
  private static final Set<String> UNREAD = Set.of("message", "cycle");

  static FrameModel push(String op, Object... fields) {
    return of(true, "op", op, fields);
  }

  static FrameModel ok(long id, Object... fields) {
    FrameModel frame = of(true, "id", id, fields);
    frame.fields().put("ok", true);
    return frame;
  }

  static FrameModel refused(long id, String code) {
    return ok(id, "error", code).with("ok", false);
  }

  private static FrameModel of(boolean whole, String key, Object value, Object... fields) {
    FrameModel frame = new FrameModel(new LinkedHashMap<>(), whole, real -> {});
    frame.with(key, value);
    for (int i = 0; i < fields.length; i += 2) {
      frame.with((String) fields[i], fields[i + 1]);
    }
    return frame;
  }

  private FrameModel with(String key, Object value) {
    if (value != null) {
      fields.put(key, value);
    }
    return this;
  }

  /** This frame, of which the real one has more fields that are not compared. */
  FrameModel inPart() {
    return new FrameModel(fields, false, further);
  }

  /** This frame, with a look at what the real one has beside. */
  FrameModel and(Consumer<Header> look) {
    return new FrameModel(fields, whole, look);
  }

  boolean isOk() {
    return Boolean.TRUE.equals(fields.get("ok"));
  }

  /** Whether a real header is as expected; its message and its cycle are not compared. */
  boolean matches(Header real) {
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      if (!isSame(real.get(field.getKey()), field.getValue())) {
        return false;
      }
    }
    return !whole
        || real.keys().stream().allMatch(key -> UNREAD.contains(key) || fields.containsKey(key));
  }

  private static boolean isSame(Object real, Object expected) {
    if (expected instanceof List<?> list) {
      return Objects.equals(read(real), Json.of(list).as(Object.class));
    }
    return expected instanceof Integer integer
        ? Objects.equals(real, integer.longValue())
        : Objects.equals(real, expected);
  }

  private static Object read(Object real) {
    Json json = real instanceof Json given ? given : Json.of(real);
    return json.as(Object.class);
  }

  @Override
  public String toString() {
    return Json.of(fields).toString();
  }
}
