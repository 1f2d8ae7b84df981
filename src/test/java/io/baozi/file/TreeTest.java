package io.baozi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TreeTest {
  @TempDir Path folder;

  private Path outside;
  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    tree = new Tree(Files.createDirectory(folder.resolve("tree")));
  }

  private void publish(String name) throws IOException {
    Path part = folder.resolve("part");
    Files.writeString(part, name);
    tree.publish(new FileName(name), part);
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private void assertOutsideUntouched() throws IOException {
    assertThat(Files.readString(outside.resolve("secret"))).isEqualTo("secret");
    assertThat(paths(outside)).containsExactly("", "secret");
  }

  private static List<String> paths(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      return all.map(path -> root.relativize(path).toString()).sorted().toList();
    }
  }

  @Test
  void file_published_isFoundUnderItsNameOnly() throws IOException {
    publish("a/b/c");
    assertThat(Files.readString(tree.find(new FileName("a/b/c")).orElseThrow().path()))
        .isEqualTo("a/b/c");
    for (String name : List.of("a", "a/b", "a/b/c/d", "a/b/d", "x/y", "c")) {
      assertThat(tree.find(new FileName(name))).as(name).isEmpty();
    }
  }

  @Test
  void place_whereAFileOrAFolderIsInTheWay_isConflict() throws IOException {
    publish("a/b");
    for (String name : List.of("a", "a/b/c", "a/b/c/d")) {
      refused(ErrorCode.CONFLICT, () -> tree.requirePlace(new FileName(name)));
      refused(ErrorCode.CONFLICT, () -> publish(name));
    }
    publish("a/b");
    publish("a/c");
    assertThat(paths(tree.root())).containsExactly("", "a", "a/b", "a/c");
  }

  /** One segment may be long enough to go on in another folder, another ends where that begins. */
  @Test
  void segments_ofWhichOneBeginsLikeTheOther_areNotInEachOthersWay() throws IOException {
    for (int length : new int[] {1, 40, 42, 84, 85}) {
      publish("\u5305".repeat(length));
      publish("f/" + "\u5305".repeat(length) + "/x");
    }
    for (int length : new int[] {1, 40, 42, 84, 85}) {
      String name = "\u5305".repeat(length);
      assertThat(Files.readString(tree.find(new FileName(name)).orElseThrow().path()))
          .isEqualTo(name);
      refused(ErrorCode.CONFLICT, () -> publish(name + "/x"));
      refused(ErrorCode.CONFLICT, () -> publish("f/" + name));
      tree.delete(tree.find(new FileName(name)).orElseThrow());
      tree.delete(tree.find(new FileName("f/" + name + "/x")).orElseThrow());
    }
    assertThat(paths(tree.root())).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"outside", "outside/secret", "nowhere"})
  void link_atAnyPlaceInAPath_isRefusedAndNothingOutsideIsTouched(String target)
      throws IOException {
    Path to = folder.resolve(target);
    Files.createSymbolicLink(tree.root().resolve("first"), to);
    Files.createDirectories(tree.root().resolve("a/b"));
    Files.createSymbolicLink(tree.root().resolve("a/middle"), to);
    Files.createSymbolicLink(tree.root().resolve("a/b/last"), to);
    for (String name :
        List.of(
            "first",
            "first/secret",
            "first/x/y",
            "a/middle",
            "a/middle/secret",
            "a/middle/x",
            "a/b/last",
            "a/b/last/secret")) {
      refused(ErrorCode.BAD_REQUEST, () -> tree.find(new FileName(name)));
      refused(ErrorCode.BAD_REQUEST, () -> tree.requirePlace(new FileName(name)));
      refused(ErrorCode.BAD_REQUEST, () -> publish(name));
    }
    assertOutsideUntouched();
    publish("a/b/beside");
    tree.delete(tree.find(new FileName("a/b/beside")).orElseThrow());
    assertThat(Files.isSymbolicLink(tree.root().resolve("a/b/last"))).isTrue();
  }

  @Test
  void file_replacedByALinkBeforeItIsOpened_isNotOpened() throws IOException {
    publish("f");
    Tree.Standing found = tree.find(new FileName("f")).orElseThrow();
    Files.delete(found.path());
    Files.createSymbolicLink(found.path(), outside.resolve("secret"));
    assertThatThrownBy(() -> tree.open(found).close()).isInstanceOf(IOException.class);
  }

  @Test
  void delete_ofTheLastFileOfFolders_removesThem() throws IOException {
    publish("a/b/c/d");
    publish("a/x");
    tree.delete(tree.find(new FileName("a/b/c/d")).orElseThrow());
    assertThat(paths(tree.root())).containsExactly("", "a", "a/x");
    tree.delete(tree.find(new FileName("a/x")).orElseThrow());
    assertThat(paths(tree.root())).containsExactly("");
    publish("a");
  }

  @Test
  void publish_thatFails_leavesNoFolderInTheWay() throws IOException {
    Path nothing = folder.resolve("nothing");
    assertThatThrownBy(() -> tree.publish(new FileName("a/b/c"), nothing))
        .isInstanceOf(IOException.class);
    publish("x/y");
    assertThatThrownBy(() -> tree.publish(new FileName("x/z/c"), nothing))
        .isInstanceOf(IOException.class);
    assertThat(paths(tree.root())).containsExactly("", "x", "x/y");
    publish("a");
  }

  @Test
  void force_ofAFileThatIsGone_promisesNothing() throws IOException {
    publish("a/b");
    var file = tree.find(new FileName("a/b")).orElseThrow();
    assertThat(tree.force(file)).isTrue();
    Files.delete(file.path());
    assertThatThrownBy(() -> tree.force(file)).isInstanceOf(NoSuchFileException.class);
  }
}
