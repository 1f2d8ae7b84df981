package io.baozi.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows of cells, aligned: words at the left, figures at the right. */
final class Table {
  private static final String GAP = "  ";

  /** What is left of the first column at least, before a column is given up. */
  private static final int LEAST_NAME = 12;

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean isOfFigures;

  private Table(boolean isOfFigures) {
    this.isOfFigures = isOfFigures;
  }

  /** A table with this head. */
  static Table of(List<String> head) {
    Table table = new Table(true);
    table.add(head);
    return table;
  }

  /** A table with this head, all of whose columns are words, at the left. */
  static Table ofWords(List<String> head) {
    Table table = new Table(false);
    table.add(head);
    return table;
  }

  /** A key and its value a row. */
  static Table ofPairs(Map<String, Object> pairs) {
    Table table = new Table(false);
    pairs.forEach((key, value) -> table.add(List.of(key, "" + value)));
    return table;
  }

  /** Adds a row of as many cells as the others. */
  void add(List<String> row) {
    rows.add(row);
  }

  /** All lines, as wide as they are. */
  List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /** All lines, no wider than so many cells: the last columns go, then the first is cut. */
  List<String> lines(int most) {
    int columns = rows.get(0).size();
    int[] widths = IntStream.range(0, columns).map(this::width).toArray();
    int name = Math.min(widths[0], LEAST_NAME);
    while (columns > 1 && name + figures(widths, columns) > most) {
      columns--;
    }
    widths[0] = Math.min(widths[0], Math.max(1, most - figures(widths, columns)));
    int shown = columns;
    return rows.stream().map(row -> line(row.subList(0, shown), widths)).toList();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> Width.of(row.get(column))).max().orElse(0);
  }

  /** Cells of the columns behind the first, and of the gaps before them. */
  private static int figures(int[] widths, int columns) {
    return IntStream.range(1, columns).map(column -> GAP.length() + widths[column]).sum();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line =
        new StringBuilder(Width.padded(Width.cut(row.get(0), widths[0]), widths[0]));
    for (int column = 1; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(GAP)
          .append(
              isOfFigures
                  ? Width.leftPadded(cell, widths[column])
                  : Width.padded(cell, widths[column]));
    }
    return line.toString().stripTrailing();
  }
}
