package io.baozi.cli;

import io.baozi.client.QueueStats;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A column of a table of queues: its title, how it is written, how it sorts. */
@SuppressWarnings("ImmutableEnumChecker") // Its functions keep nothing.
enum QueueColumn {
  QUEUE("QUEUE", QueueColumn::name, stats -> 0),
  READY("READY", stats -> Units.count(stats.ready()), QueueStats::ready),
  DELAYED("DELAYED", stats -> Units.count(stats.delayed()), QueueStats::delayed),
  RESERVED("RESERVED", stats -> Units.count(stats.reserved()), QueueStats::reserved),
  DEAD("DEAD", stats -> Units.count(stats.dead()), QueueStats::dead),
  CAPACITY("CAPACITY", stats -> Units.count(stats.capacity()), QueueStats::capacity),
  PUT("PUT/S", stats -> Units.rate(stats.putRate()), QueueStats::putRate),
  TAKE("TAKE/S", stats -> Units.rate(stats.takeRate()), QueueStats::takeRate),
  ACK("ACK/S", stats -> Units.rate(stats.ackRate()), QueueStats::ackRate),
  OLDEST("OLDEST", QueueColumn::oldest, QueueStats::oldestAge),
  BYTES("BYTES", stats -> Units.bytes(stats.bytes()), QueueStats::bytes),
  WAITING("WAIT P/T", QueueColumn::waiting, stats -> stats.waitingPuts() + stats.waitingTakes()),
  CONSUMERS("CONS", stats -> Units.count(stats.consumers()), QueueStats::consumers),
  ORDER("ORDER", QueueStats::order, stats -> 0),
  PUTS("PUTS", stats -> Units.count(stats.puts()), QueueStats::puts),
  TAKES("TAKES", stats -> Units.count(stats.takes()), QueueStats::takes),
  ACKS("ACKS", stats -> Units.count(stats.acks()), QueueStats::acks);

  private static final Comparator<QueueStats> BY_NAME = Comparator.comparing(QueueStats::queue);

  private final String title;
  private final Function<QueueStats, String> text;
  private final ToDoubleFunction<QueueStats> figure;

  QueueColumn(
      String title, Function<QueueStats, String> text, ToDoubleFunction<QueueStats> figure) {
    this.title = title;
    this.text = text;
    this.figure = figure;
  }

  private static String name(QueueStats stats) {
    return stats.paused() ? stats.queue() + " (paused)" : stats.queue();
  }

  private static String oldest(QueueStats stats) {
    return stats.ready() == 0 ? "-" : Units.age(stats.oldestAge());
  }

  private static String waiting(QueueStats stats) {
    return Units.count(stats.waitingPuts()) + "/" + Units.count(stats.waitingTakes());
  }

  /** These queues with these columns. */
  static Table table(List<QueueColumn> columns, List<QueueStats> queues) {
    Table table = Table.of(columns.stream().map(column -> column.title).toList());
    for (QueueStats stats : queues) {
      table.add(columns.stream().map(column -> column.text.apply(stats)).toList());
    }
    return table;
  }

  /** The largest first; those that are equal by name. */
  Comparator<QueueStats> order() {
    return this == ORDER
        ? Comparator.comparing(QueueStats::order).thenComparing(BY_NAME)
        : Comparator.comparingDouble(figure).reversed().thenComparing(BY_NAME);
  }

  /** As it is named on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column among these that is named so. */
  static QueueColumn of(List<QueueColumn> columns, String word) {
    return columns.stream()
        .filter(column -> column.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> Failure.usage("--sort is '%s', allowed are %s".formatted(word, words(columns))));
  }

  /** How these are named on the command line. */
  static String words(List<QueueColumn> columns) {
    return columns.stream().map(QueueColumn::word).collect(Collectors.joining(", "));
  }
}
