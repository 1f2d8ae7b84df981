package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListingTest {
  private static final String[] SEGMENTS = {
    "a",
    "b",
    "a.b",
    "a-",
    "ab",
    "a b",
    "a0",
    "A",
    "~",
    "\u00fc",
    "%",
    "%41",
    "+",
    "\ufb00",
    "\ud83e\udd5f",
    "\u5305".repeat(40),
    "\u5305".repeat(85),
    "\u5305".repeat(42) + "x"
  };

  @TempDir Path folder;

  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    tree = new Tree(Files.createDirectory(folder.resolve("tree")));
  }

  /** Makes an empty file as the tree would have it, without a force for each. */
  private void add(String name) throws IOException {
    Path path = tree.root();
    for (String segment : new FileName(name).segments()) {
      for (String entry : Spelling.entries(segment)) {
        path = path.resolve(entry);
      }
    }
    Files.createDirectories(path.getParent());
    Files.createFile(path);
  }

  private List<String> list(String prefix, String after, int most) throws IOException {
    List<String> names = new ArrayList<>();
    new Listing(
            prefix,
            after,
            (name, attributes) -> {
              if (names.size() < most) {
                names.add(name);
              }
              return names.size() < most;
            })
        .of(tree.root());
    return names;
  }

  @Test
  void names_ofRandomTrees_comeInTheirOrderFromAnyPlaceAndPrefix() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < 120; i++) {
      String name = name(random);
      boolean clashes =
          names.stream().anyMatch(n -> n.startsWith(name + "/") || name.startsWith(n + "/"));
      if (!clashes && names.add(name)) {
        add(name);
      }
    }
    List<String> all = List.copyOf(names);
    assertThat(list("", "", 1000)).as("seed %d", seed).isEqualTo(all);
    for (int size = 1; size <= all.size(); size++) {
      assertThat(paged(size)).as("seed %d, pages of %d", seed, size).isEqualTo(all);
    }
    for (int i = 0; i < 300; i++) {
      String name = all.get(random.nextInt(all.size()));
      String prefix = name.substring(0, random.nextInt(name.length() + 1));
      String after = random.nextBoolean() ? name(random) : name + (random.nextBoolean() ? "/" : "");
      assertThat(list(prefix, after, 1000))
          .as("seed %d, prefix %s, after %s", seed, prefix, after)
          .isEqualTo(
              all.stream().filter(n -> n.startsWith(prefix) && n.compareTo(after) > 0).toList());
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      name.append('/').append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    }
    return name.toString();
  }

  private List<String> paged(int size) throws IOException {
    List<String> all = new ArrayList<>();
    List<String> page = list("", "", size);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = list("", page.get(page.size() - 1), size);
    }
    return all;
  }

  @Test
  void names_ofAFolderWithMoreThanIsInMemoryAtATime_areAllThere() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < 2500; i++) {
      String name = "f/" + i * 7919 % 10_007 + (i % 50 == 0 ? "/x" : "");
      add(name);
      names.add(name);
    }
    for (int i = 0; i < 1024; i++) {
      add("g/" + i);
      names.add("g/" + i);
    }
    assertThat(list("", "", 10_000)).containsExactlyElementsOf(names);
    assertThat(list("f/99", "", 10_000))
        .containsExactlyElementsOf(names.stream().filter(n -> n.startsWith("f/99")).toList());
    String middle = List.copyOf(names).get(1500);
    assertThat(list("", middle, 10_000)).containsExactlyElementsOf(names.tailSet(middle, false));
  }

  @Test
  void entries_thatNoNameIsSpeltAs_areNotListed() throws IOException {
    add("a/b");
    Path root = tree.root();
    for (String foreign : List.of("%41", "\\", "x%", "%0A", "a/%00")) {
      Files.createFile(root.resolve(foreign));
    }
    Files.createDirectories(root.resolve("a%+"));
    Files.createFile(root.resolve("a%+/b"));
    Files.createDirectories(root.resolve("empty/folder"));
    Files.createSymbolicLink(root.resolve("file"), root.resolve("a/b"));
    Files.createSymbolicLink(root.resolve("folder"), root.resolve("a"));
    Files.createSymbolicLink(root.resolve("nowhere"), root.resolve("nothing"));
    assertThat(list("", "", 100)).containsExactly("a/b");
  }

  @Test
  void entries_ofDeepFolders_areNotAllInMemory() throws IOException {
    int depth = 20;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      for (int k = 0; k < 600; k++) {
        names.add("a/".repeat(i) + "z" + k);
      }
    }
    names.add("a/".repeat(depth) + "f");
    for (String name : names) {
      add(name);
    }
    List<String> seen = new ArrayList<>();
    int[] most = {0};
    Listing[] listing = new Listing[1];
    listing[0] =
        new Listing(
            "",
            "",
            (name, attributes) -> {
              most[0] = Math.max(most[0], listing[0].held());
              return seen.add(name);
            });
    listing[0].of(tree.root());
    assertThat(seen).containsExactlyElementsOf(new TreeSet<>(names));
    assertThat(most[0]).isPositive().isLessThanOrEqualTo(Listing.SOME + depth * Listing.FEW);
  }
}
