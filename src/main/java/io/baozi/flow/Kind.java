package io.baozi.flow;

/** The kinds of verticles that a configuration names, each with a section of its own. */
public enum Kind {
  /** Fills a queue. */
  PRODUCER("producers"),
  /** Empties a queue. */
  CONSUMER("consumers"),
  /** Anything else. */
  VERTICLE("verticles");

  private final String section;

  Kind(String section) {
    this.section = section;
  }

  /** The section of the configuration that names those of this kind. */
  public String section() {
    return section;
  }

  /** One of them, as an error names it. */
  String place(String name) {
    return section + " \"" + name + '"';
  }
}
