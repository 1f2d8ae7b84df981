package io.baozi.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When each process stood still. */
final class Pauses {
  private final Map<String, List<Stretch>> stretches = new HashMap<>();

  Pauses(List<Line> sorted) {
    Map<String, Long> stopped = new HashMap<>();
    for (Line line : sorted) {
      if (line.kind() == Line.Kind.STOPPED) {
        stopped.put(line.name(), line.at());
      } else if (stopped.containsKey(line.name())
          && (line.kind() == Line.Kind.CONTINUED || line.kind() == Line.Kind.KILLED)) {
        of(line.name()).add(new Stretch(stopped.remove(line.name()), line.at()));
      }
    }
    long end = sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1).at();
    stopped.forEach((name, at) -> of(name).add(new Stretch(at, end)));
  }

  private List<Stretch> of(String name) {
    return stretches.computeIfAbsent(name, key -> new ArrayList<>());
  }

  /** How much of a stretch the server or this client stood still, at most. */
  long of(String client, Stretch during) {
    return of("server", client).stream().mapToLong(each -> each.within(during).length()).sum();
  }

  /** The start of the pause of the server or this client that ended shortly before, or then. */
  long startBefore(String client, long at, long shortly) {
    Stretch before = new Stretch(at - shortly, at);
    return of("server", client).stream()
        .filter(each -> each.overlaps(before))
        .mapToLong(Stretch::from)
        .reduce(at, Math::min);
  }

  /** Whether anything stood still meanwhile. */
  boolean overlap(Stretch during) {
    return stretches.values().stream().flatMap(List::stream).anyMatch(during::overlaps);
  }

  private List<Stretch> of(String server, String client) {
    List<Stretch> both = new ArrayList<>(stretches.getOrDefault(server, List.of()));
    both.addAll(stretches.getOrDefault(client, List.of()));
    return both;
  }
}
