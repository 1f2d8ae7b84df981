package io.baozi.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The commands as help lists them: by what they are about. */
final class CommandList implements IHelpSectionRenderer {
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Messages", List.of("put", "take", "work", "peek", "nack", "redrive"));
    GROUPS.put(
        "Queues", List.of("declare", "stats", "top", "join", "pause", "resume", "purge", "delete"));
    GROUPS.put("Coordination", List.of("lock", "sem", "event", "latch", "barrier", "locks"));
    GROUPS.put("Files and pipes", List.of("cp", "ls", "rm", "pipe"));
    GROUPS.put(
        "Server", List.of("serve", "ping", "echo", "udp", "config", "data", "version", "help"));
  }

  /** All of them, in this order, as one list of words. */
  static String words() {
    return GROUPS.values().stream().flatMap(List::stream).collect(Collectors.joining(", "));
  }

  @Override
  public String render(Help help) {
    StringBuilder list = new StringBuilder();
    GROUPS.forEach(
        (group, names) -> {
          list.append("%n%s:%n".formatted(group));
          names.forEach(name -> list.append(row(name, help.subcommands().get(name))));
        });
    return list.toString();
  }

  private static String row(String name, Help command) {
    var usage = command.commandSpec().usageMessage();
    String[] said = usage.header().length > 0 ? usage.header() : usage.description();
    return "  %-8s  %s%n".formatted(name, said[0]);
  }
}
