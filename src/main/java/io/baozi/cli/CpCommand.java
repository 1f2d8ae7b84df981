package io.baozi.cli;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files copied to the server and from it. */
@Command(
    name = "cp",
    description = "Copy files to the server and back, whole and checked; go on after a cut.",
    footer = {
      "",
      "baozi:NAME is a file on the server, everything else one here; - is standard input or output.",
      "A target that ends in / or is a directory here takes the source's name. With -r a source that",
      "ends in / stands for what is in it, without a name of its own.",
      "",
      "A file appears under its name once all of it is there and its SHA-256 is right. If the server",
      "is stopped and started meanwhile the copy goes on by itself; after Ctrl-C or kill -9 the same",
      "command does, also with many files: what is there already with the same bytes is not copied",
      "again. Of several files eight are copied at a time. If one fails the others are copied, and it",
      "exits with 1; with 124 if nothing got across for longer than --patience.",
      "",
      "Standard input is read to its end into a temporary file, since the server is told its length",
      "first; TMPDIR says where. If it is a file itself that is read in its place. What goes to",
      "standard output is checked when all has been written: look at the exit code.",
      "Links in a directory are left out unless -L is given, and so is what is no file; empty",
      "directories do not exist on the server. From one name on the server to another the bytes",
      "pass through here.",
      "",
      "Examples:",
      "  baozi cp report.csv baozi:reports/2026.csv",
      "  baozi cp baozi:reports/2026.csv .",
      "  baozi cp -r photos baozi:backup/            to baozi:backup/photos/...",
      "  baozi cp -r baozi:backup/photos/ album      what is in it, to album/...",
      "  tar c src | baozi cp - baozi:src.tar",
      "  baozi cp baozi:src.tar - | tar t"
    })
final class CpCommand extends ClientCommand {
  private static final Duration LONGEST = Duration.ofDays(365);

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE... TARGET",
      hideParamSyntax = true,
      description = "Files here or baozi:NAME, and where they go.")
  private List<String> words;

  @Option(
      names = {"-r", "--recursive"},
      description = "Copy directories, and folders on the server, with all that is in them.")
  private boolean isRecursive;

  @Option(
      names = {"-L", "--follow"},
      description = "Follow links in directories.")
  private boolean isFollowing;

  @Option(names = "-v", description = "Print a line for each file: its SHA-256, and where it went.")
  private boolean isTold;

  @Option(names = "--no-resume", description = "Copy all from the beginning, even what is there.")
  private boolean isAnew;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "How long nothing may get across, over cuts and restarts (default: 30s).")
  private Duration patience = Duration.ofSeconds(30);

  @Option(
      names = "--progress",
      description = "Show how far it is, as it does where standard error is a terminal.")
  private boolean isShown;

  @Option(names = "--no-progress", description = "Do not show how far it is.")
  private boolean isHidden;

  private List<Spot> sources;
  private Spot target;
  private int failed;

  CpCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (words.size() < 2) {
      throw Failure.usage("where to is missing; write baozi:NAME for a file on the server");
    }
    sources = words.subList(0, words.size() - 1).stream().map(Spot::of).toList();
    target = Spot.of(words.get(words.size() - 1));
    if (isShown && isHidden) {
      throw Failure.usage("--progress and --no-progress: it is one or the other");
    }
    Bounds.require("--patience", patience, Bounds.LEAST, LONGEST, "1ms to 365d");
    sources.forEach(this::checkSource);
    if (sources.size() > 1) {
      checkTargetOfSeveral();
    }
  }

  private void checkSource(Spot source) {
    boolean isThere = target instanceof Spot.There || source instanceof Spot.There;
    if (!isThere) {
      throw Failure.usage(
          "neither %s nor %s is on the server; write baozi:NAME for what is"
              .formatted(source, target));
    }
    boolean needsName = target instanceof Spot.There there && there.isFolder();
    if (source instanceof Spot.Standard && needsName) {
      throw Failure.usage(
          "standard input has no name to have in %s; write %sNAME".formatted(target, target));
    }
    if (isRecursive && target instanceof Spot.Standard) {
      throw Failure.usage("-r and -: standard output is no directory");
    }
  }

  /** Standard output takes one file behind the other. */
  private void checkTargetOfSeveral() {
    boolean isFolder =
        target instanceof Spot.Standard
            || (target instanceof Spot.There there && there.isFolder())
            || (target instanceof Spot.Here here && here.takesNames());
    if (!isFolder) {
      String right =
          target instanceof Spot.There ? target + "/ is one" : "there is no directory " + target;
      throw Failure.usage("several sources need a directory as target; " + right);
    }
  }

  @Override
  boolean endsInOrder() {
    return true;
  }

  @Override
  int run(Session session) {
    CopyTerms terms = new CopyTerms(!isAnew, isRecursive, patience);
    List<CopyStep> steps = steps(session);
    try (Bar bar = Bar.of(shell(), isWatched())) {
      long total = steps.stream().mapToLong(CopyStep::length).sum();
      CopyBar copyBar = new CopyBar(bar, title(steps), total);
      Outage outage = new Outage(System::nanoTime, () -> tellOutage(session, copyBar));
      Copier copier = new Copier(session, shell(), terms, copyBar, outage);
      try (Copies copies = new Copies(copier, steps)) {
        for (int i = 0; i < steps.size(); i++) {
          await(copies, i, steps.size(), copyBar);
        }
      }
    }
    return failed == 0 ? Exit.OK : Exit.FAILED;
  }

  private void tellOutage(Session session, CopyBar bar) {
    bar.clear();
    note(
        "the server at %s is away; waiting for it, %s at most (--patience)"
            .formatted(session.server(), Durations.text(patience)));
  }

  private List<CopyStep> steps(Session session) {
    LocalTree tree = isRecursive ? new LocalTree(isFollowing, this::note, this::fail) : null;
    CopyPlan plan = new CopyPlan(session, target, tree, this::fail);
    sources.forEach(plan::add);
    return plan.steps();
  }

  private static String title(List<CopyStep> steps) {
    return steps.size() == 1 ? "" + steps.get(0).from() : steps.size() + " files";
  }

  private boolean isWatched() {
    boolean isInTheWay = target instanceof Spot.Standard && shell().out().isTerminal();
    return isShown || (shell().isWatched() && !isHidden && !isInTheWay);
  }

  private void fail(Failure failure) {
    failed++;
    complain(failure);
  }

  private void await(Copies copies, int i, int all, CopyBar bar) {
    try {
      Copied copied = copies.await(i);
      bar.clear();
      tell(copied);
    } catch (Failure failure) {
      bar.clear();
      boolean isEnd = CopyFault.isOfAll(failure);
      if (isEnd && all > 1) {
        throw failure.adding(copies.done() + " of " + all + " files were done");
      }
      if (isEnd || (sources.size() == 1 && all == 1)) {
        throw failure;
      }
      fail(failure);
    }
  }

  private void tell(Copied copied) {
    String line = isJson() ? "" + copied.json() : copied.text();
    if ((isTold || isJson()) && target instanceof Spot.Standard) {
      shell().err().println(line);
    } else if (isTold || isJson()) {
      shell().out().line(line);
    }
  }
}
