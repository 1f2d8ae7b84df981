package io.baozi.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One row of the table of settings: a component of a record of the configuration, and its key. */
record Row(String key, RecordComponent component, Key rule) {

  /** What stands under a key: a value, or more keys. */
  enum Shape {
    SETTING,
    SECTION,
    NAMED_SECTIONS,
    LIST
  }

  private static final ClassValue<List<Row>> ROWS =
      new ClassValue<>() {
        @Override
        protected List<Row> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Row::of).toList();
        }
      };

  /** The rows of a record, in the order of its components. */
  static List<Row> of(Class<?> record) {
    return ROWS.get(record);
  }

  private static Row of(RecordComponent component) {
    Key rule = component.getAnnotation(Key.class);
    return new Row(rule.key().isEmpty() ? component.getName() : rule.key(), component, rule);
  }

  /**
   * Refuses the arguments of a record's constructor, given in order, if one of them is not what its
   * row allows.
   */
  static void check(Class<? extends Record> record, Object... values) {
    List<Row> rows = of(record);
    if (rows.size() != values.length) {
      throw new IllegalStateException(record + " does not check all of its components");
    }
    for (int i = 0; i < values.length; i++) {
      Row row = rows.get(i);
      try {
        row.check(values[i]);
      } catch (Refused refused) {
        throw new Refused(row.key + ": " + refused.getMessage(), row.key);
      }
    }
  }

  /**
   * A record of values in the order of its rows; the refusal of its constructor is thrown as is.
   */
  static <R extends Record> R make(Class<R> record, Object... values) {
    Class<?>[] types = of(record).stream().map(Row::type).toArray(Class<?>[]::new);
    try {
      return record.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(Object value) {
    if (value == null) {
      if (!mayBeAbsent()) {
        throw new Refused("is missing");
      }
    } else if (shape() == Shape.SETTING) {
      Kind.of(this).check(this, value, Spelling.of(Kind.of(this).text(this, value)));
    }
  }

  Shape shape() {
    if (type().isRecord()) {
      return Shape.SECTION;
    }
    if (type() == List.class) {
      return Shape.LIST;
    }
    return type() == Map.class && argument() instanceof Class<?> section && section.isRecord()
        ? Shape.NAMED_SECTIONS
        : Shape.SETTING;
  }

  Class<?> type() {
    return component.getType();
  }

  /** The record under this key; of each element if it is a list, of each name if it has names. */
  Class<? extends Record> section() {
    Class<?> section = type().isRecord() ? type() : (Class<?>) argument();
    return section.asSubclass(Record.class);
  }

  private Type argument() {
    Type[] arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  boolean mayBeAbsent() {
    boolean isNullable = type() == String.class || type() == Duration.class;
    return !rule.required() && isNullable && rule.value().isEmpty();
  }

  /** What holds when nothing is written; null if that is nothing. */
  Object byDefault() {
    if (type() == Map.class) {
      return Map.of();
    }
    return rule.value().isEmpty() ? null : read(new Node(rule.value(), Source.DEFAULT));
  }

  /** The value that was written, as the component has it; refused if it is not allowed. */
  Object read(Node node) {
    if (node.value() == null) {
      throw new Refused("null is no value; " + (rule.required() ? allowed() : leaveOut()));
    }
    return Kind.of(this).read(this, node);
  }

  private String leaveOut() {
    return "leave the key out for the default, " + defaultText();
  }

  /** The default as the file would spell it. */
  String defaultText() {
    return rule.required() ? "required" : text(byDefault());
  }

  /** A value as the file would spell it, masked if it is secret. */
  String text(Object value) {
    if (value == null) {
      return "none";
    }
    return Spelling.of(Secrets.isSecret(key) ? Secrets.MASK : Kind.of(this).text(this, value));
  }

  private String allowed() {
    return "allowed is " + Kind.of(this).allowed(this);
  }

  /** Refuses what was written. */
  Refused refused(String shown, String what) {
    return new Refused(
        "%s %s; %s".formatted(Secrets.isSecret(key) ? Secrets.MASK : shown, what, allowed()));
  }

  Object valueIn(Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
