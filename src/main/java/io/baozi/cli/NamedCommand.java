package io.baozi.cli;

import picocli.CommandLine.Parameters;

/** A command on one thing that a name stands for. */
abstract class NamedCommand extends ClientCommand {
  private final String kind;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
  private String name;

  /**
   * @param kind of the thing, as the protocol calls it
   */
  NamedCommand(Shell shell, String kind) {
    super(shell);
    this.kind = kind;
  }

  final String name() {
    return name;
  }

  /** Says what has become of it: a text, or as JSON the thing and this. */
  final void say(Object text, String key, Object value) {
    shell().out().line(isJson() ? json(key, value) : text);
  }

  /** Says it as JSON, or nothing: that the command has ended says it, too. */
  final void sayJson(String key, Object value) {
    if (isJson()) {
      shell().out().line(json(key, value));
    }
  }

  private JsonLine json(String key, Object value) {
    return new JsonLine().with(kind, name).with(key, value);
  }
}
