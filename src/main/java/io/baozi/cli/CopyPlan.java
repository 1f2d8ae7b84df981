package io.baozi.cli;

import io.baozi.client.FileEntry;
import io.baozi.client.FileStat;
import io.baozi.client.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What is to be copied, file by file, found out before the first of them is. */
final class CopyPlan {
  private final Session session;
  private final FileStore files;
  private final Spot target;
  private final LocalTree tree;
  private final boolean isRecursive;
  private final Consumer<Failure> complaints;
  private final List<CopyStep> steps = new ArrayList<>();
  private final Set<Spot> targets = new HashSet<>();

  /**
   * A plan of nothing yet.
   *
   * @param target of all of it
   * @param tree how directories are read; null if they are refused
   * @param complaints is told why a part cannot be copied; the plan goes on with the others
   */
  CopyPlan(Session session, Spot target, LocalTree tree, Consumer<Failure> complaints) {
    this.session = session;
    this.files = session.client().files();
    this.target = target;
    this.tree = tree;
    this.isRecursive = tree != null;
    this.complaints = complaints;
  }

  /** All there is to do so far, in order. */
  List<CopyStep> steps() {
    return steps;
  }

  /** Adds what a source names, which may be nothing. */
  void add(Spot source) {
    try {
      if (source instanceof Spot.Here here) {
        addLocal(here);
      } else if (source instanceof Spot.There there) {
        addRemote(there);
      } else {
        add(source, fileFor("standard input"), 0);
      }
    } catch (Failure failure) {
      if (CopyFault.isOfAll(failure)) {
        throw failure;
      }
      complaints.accept(failure);
    }
  }

  private void addLocal(Spot.Here source) {
    Path path = source.path();
    if (!Files.exists(path)) {
      throw Failure.input("cannot copy " + source + ": no such file");
    }
    if (!Files.isDirectory(path)) {
      if (source.isFolder()) {
        throw Failure.input("cannot copy " + source + "/: it is a file, not a directory");
      }
      add(source, fileFor("" + path.getFileName()), LocalTree.length(path));
      return;
    }
    requireRecursive(source + " is a directory; -r copies it with all that is in it");
    Path last = path.getFileName();
    boolean isContents = source.isFolder() || last == null || last.toString().matches("\\.?\\.?");
    Folder folder = folderFor(isContents ? null : last.toString());
    tree.walk(
        path,
        file ->
            add(here(path.resolve(file.path())), folder.file(names(file.path())), file.length()));
  }

  private static Spot.Here here(Path path) {
    return new Spot.Here(path, false);
  }

  private static String names(Path relative) {
    List<String> names = new ArrayList<>();
    relative.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }

  private void addRemote(Spot.There source) {
    if (source.isFolder()) {
      requireRecursive(source + " is a folder; -r copies all that is in it");
      addFolder(source.name(), null);
      return;
    }
    FileStat stat = stat(source.name());
    if (stat != null && stat.isWhole()) {
      add(source, fileFor(lastOf(source.name())), stat.length());
      return;
    }
    String folder = source.name() + "/";
    if (stat == null && !session.await(files.list(folder)).isEmpty()) {
      requireRecursive(source + " is a folder; -r copies all that is in it");
      addFolder(folder, lastOf(source.name()));
      return;
    }
    throw notFound(
        stat == null
            ? "the server has no file " + source.name() + "; `baozi ls` lists what it has"
            : "the upload of %s is unfinished, %s of it have come"
                .formatted(source.name(), Units.bytes(stat.received())));
  }

  /** What the server has under a name; null if that is nothing. */
  private FileStat stat(String name) {
    try {
      return session.await(files.stat(name));
    } catch (Failure failure) {
      if (failure.error().equals("not_found")) {
        return null;
      }
      throw failure;
    }
  }

  private void addFolder(String prefix, String name) {
    List<FileEntry> entries = session.await(files.list(prefix));
    if (entries.isEmpty()) {
      throw notFound("the server has no file whose name begins with '" + prefix + "'");
    }
    Folder folder = folderFor(name);
    for (FileEntry entry : entries) {
      String rest = entry.name().substring(prefix.length());
      try {
        add(new Spot.There(entry.name()), folder.file(rest), entry.length());
      } catch (Failure failure) {
        complaints.accept(failure);
      }
    }
  }

  private static Failure notFound(String message) {
    return new Failure("not_found", message, Exit.FAILED);
  }

  private static String lastOf(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private void requireRecursive(String otherwise) {
    if (!isRecursive) {
      throw Failure.input(otherwise);
    }
  }

  private void add(Spot from, Spot to, long length) {
    if (!(to instanceof Spot.Standard) && !targets.add(to)) {
      throw Failure.input(
          "cannot copy %s: %s is the target of another source already".formatted(from, to));
    }
    steps.add(new CopyStep(from, to, length));
  }

  /** Where a file of this name goes. */
  private Spot fileFor(String name) {
    if (target instanceof Spot.There there && there.isFolder()) {
      return new Spot.There(there.name() + name);
    }
    if (target instanceof Spot.Here here && here.takesNames()) {
      return here(within(here.path(), name));
    }
    return target;
  }

  /**
   * Where what is in a folder goes.
   *
   * @param name of the folder; null if only what is in it is meant
   */
  private Folder folderFor(String name) {
    if (target instanceof Spot.There there) {
      String inside = there.isFolder() && name != null ? name + "/" : "";
      String outside = there.isFolder() ? there.name() : there.name() + "/";
      return file -> new Spot.There(outside + inside + file);
    }
    Spot.Here here = (Spot.Here) target;
    Path folder = here.takesNames() && name != null ? within(here.path(), name) : here.path();
    return file -> here(plain(folder, file));
  }

  /** Places a file that the server has named, and that must not leave its folder. */
  private static Path plain(Path folder, String name) {
    Path path = folder;
    for (String segment : name.split("/", -1)) {
      boolean isPlain = !segment.matches("\\.?\\.?") && segment.indexOf('\\') < 0;
      if (!isPlain) {
        throw Failure.input("the server has a file '" + name + "', which is no name for one here");
      }
      path = within(path, segment);
    }
    return path;
  }

  private static Path within(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw Failure.input(
          "there can be no '%s' in %s: %s".formatted(name, folder, LocalFault.reason(e)));
    }
  }

  /** Where files go, by what they are called within the folder. */
  private interface Folder {
    Spot file(String name);
  }
}
