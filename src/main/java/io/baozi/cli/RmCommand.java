package io.baozi.cli;

import io.baozi.client.FileEntry;
import io.baozi.client.FileStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files deleted on the server. */
@Command(
    name = "rm",
    description = "Delete files on the server.",
    footer = {
      "",
      "What there is of an upload that was cut short goes, too; whoever reads a file reads it to its",
      "end. With -r names that end in / are folders, and go with all that is in them: at a terminal",
      "it asks first, elsewhere --yes has to be given. If one of several cannot be deleted the",
      "others are, and it exits with 1.",
      "",
      "Examples:",
      "  baozi rm reports/2025.csv baozi:reports/2026.csv",
      "  baozi rm -r backup/photos/",
      "  baozi rm -r tmp/ --yes"
    })
final class RmCommand extends ClientCommand {
  /** Requests that are under way together. */
  private static final int AT_ONCE = 100;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "The files' names, with baozi: before them or without.")
  private List<String> names;

  @Option(
      names = {"-r", "--recursive"},
      description = "Delete folders, whose names end in /, with all that is in them.")
  private boolean isRecursive;

  @Mixin private Confirmation confirmation;

  private boolean hasFailed;

  RmCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    names = names.stream().map(Spot::name).toList();
    for (String name : names) {
      if (isFolder(name) && !isRecursive) {
        throw Failure.usage("'" + name + "' is a folder; -r deletes it with all that is in it");
      }
    }
    if (names.stream().anyMatch(RmCommand::isFolder)) {
      confirmation.check(shell());
    }
  }

  private static boolean isFolder(String name) {
    return name.isEmpty() || name.endsWith("/");
  }

  @Override
  int run(Session session) {
    FileStore files = session.client().files();
    List<String> all = new ArrayList<>();
    for (String name : names) {
      if (isFolder(name)) {
        all.addAll(inFolder(session, files, name));
      } else {
        all.add(name);
      }
    }
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      List<String> some = all.subList(i, Math.min(all.size(), i + AT_ONCE));
      List<Future<Void>> deletions = some.stream().map(files::delete).toList();
      for (int j = 0; j < some.size(); j++) {
        await(session, some.get(j), deletions.get(j));
      }
    }
    return hasFailed ? Exit.FAILED : Exit.OK;
  }

  private List<String> inFolder(Session session, FileStore files, String folder) {
    List<FileEntry> entries = session.await(files.list(folder));
    if (entries.isEmpty()) {
      fail(new Failure("not_found", "no file's name begins with '" + folder + "'", Exit.FAILED));
    } else if (!confirmation.isGiven()) {
      long bytes = entries.stream().mapToLong(FileEntry::length).sum();
      confirmation.ask(
          shell(),
          "delete all in '%s', %d files, %s?"
              .formatted(folder, entries.size(), Units.bytes(bytes)));
    }
    return entries.stream().map(FileEntry::name).toList();
  }

  private void await(Session session, String name, Future<Void> deletion) {
    try {
      session.await(deletion);
      if (isJson()) {
        shell().out().line(new JsonLine().with("name", name).with("deleted", true));
      }
    } catch (Failure failure) {
      if (CopyFault.isOfAll(failure)) {
        throw failure;
      }
      fail(
          failure.error().equals("not_found")
              ? failure.adding("a folder is named with / at its end, and -r")
              : failure);
    }
  }

  private void fail(Failure failure) {
    hasFailed = true;
    complain(failure);
  }
}
