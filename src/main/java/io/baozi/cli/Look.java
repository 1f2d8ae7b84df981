package io.baozi.cli;

import io.baozi.client.QueueStats;
import io.baozi.client.ServerInfo;
import java.util.ArrayList;
import java.util.List;

/** What a server said of itself and its queues at one moment. */
record Look(Target server, ServerInfo info, List<QueueStats> queues) {
  /** The last are left out first where there is no room. */
  static final List<QueueColumn> COLUMNS =
      List.of(
          QueueColumn.QUEUE,
          QueueColumn.READY,
          QueueColumn.DELAYED,
          QueueColumn.RESERVED,
          QueueColumn.DEAD,
          QueueColumn.PUT,
          QueueColumn.TAKE,
          QueueColumn.ACK,
          QueueColumn.OLDEST,
          QueueColumn.BYTES,
          QueueColumn.WAITING,
          QueueColumn.CONSUMERS,
          QueueColumn.ORDER);

  /** Lines that are no queues: that of the server, and the head of the table. */
  private static final int HEAD_LINES = 2;

  /** All of it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(head()));
    lines.addAll(QueueColumn.table(COLUMNS, queues).lines());
    return lines;
  }

  /** As much of it as fits. */
  List<String> within(ScreenSize size) {
    int room = Math.max(0, size.lines() - HEAD_LINES);
    boolean fits = queues.size() <= room;
    List<QueueStats> shown = fits ? queues : queues.subList(0, Math.max(0, room - 1));
    List<String> lines = new ArrayList<>(List.of(head()));
    lines.addAll(QueueColumn.table(COLUMNS, shown).lines(size.columns()));
    if (!fits) {
      lines.add("and " + (queues.size() - shown.size()) + " more");
    }
    return lines.stream().limit(size.lines()).map(line -> Width.cut(line, size.columns())).toList();
  }

  private String head() {
    return "baozi %s at %s, up %s, connections %d, queues %d, memory %s of %s"
        .formatted(
            info.version(),
            server,
            Units.age(info.uptime()),
            info.connections(),
            info.queues(),
            Units.bytes(info.memory()),
            Units.bytes(info.memoryLimit()));
  }

  JsonLine json() {
    return new JsonLine()
        .with("server", JsonLine.of(info).members())
        .with("queues", queues.stream().map(stats -> JsonLine.of(stats).members()).toList());
  }
}
