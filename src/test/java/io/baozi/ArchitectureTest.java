package io.baozi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of packages in docs/architecture.md, which says what each may import, is true. */
final class ArchitectureTest {
  private static final String ROOT = "io.baozi";

  /** A row of the table: a package, after {@code io.baozi.}, and what it may import. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z.]+)` \\|.*\\| ([a-z., ]+) \\|$", Pattern.MULTILINE);

  private static final Map<String, Set<String>> MAY_IMPORT = table();

  private static final String[] CORES = {"io.baozi.broker.queue", "io.baozi.broker.waiting"};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static Map<String, Set<String>> table() {
    try {
      return ROW.matcher(Files.readString(Path.of("docs/architecture.md")))
          .results()
          .collect(
              Collectors.toMap(
                  row -> row.group(1),
                  row ->
                      row.group(2).equals("none")
                          ? Set.of()
                          : Set.of(row.group(2).split(", ", -1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void packages_imported_areThoseOfTheTable() {
    Set<String> forbidden = new TreeSet<>();
    for (JavaClass origin : CLASSES) {
      Set<String> allowed = MAY_IMPORT.get(shortName(origin));
      if (shortName(origin).isEmpty()) {
        continue; // the root brings all parts together
      }
      assertThat(allowed).as("package of %s in the table", origin.getName()).isNotNull();
      origin.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> isOurs(target) && !shortName(target).equals(shortName(origin)))
          .filter(target -> !allowed.contains(shortName(target)))
          .forEach(target -> forbidden.add(origin.getName() + " -> " + target.getName()));
    }
    assertThat(forbidden).isEmpty();
  }

  @Test
  void table_packages_areThere() {
    Set<String> there = new TreeSet<>();
    CLASSES.forEach(type -> there.add(shortName(type)));
    assertThat(MAY_IMPORT).isNotEmpty();
    assertThat(there).containsAll(MAY_IMPORT.keySet());
    MAY_IMPORT.values().forEach(imported -> assertThat(there).containsAll(imported));
  }

  @Test
  void packages_imports_haveNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("io.baozi.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void cores_dependencies_areNeitherVertxNorNettyNorThreads() {
    noClasses()
        .that()
        .resideInAnyPackage(CORES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "io.netty..", "java.util.concurrent..", "java.io..", "java.nio..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, Clock.class, Instant.class, java.util.Random.class)
        .check(CLASSES);
  }

  @Test
  void brokerStateMachine_time_comesInAsAnArgument() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "belong to the broker, but for the verticle that hosts it",
                type ->
                    type.getPackageName().startsWith("io.baozi.broker")
                        && !type.getSimpleName().equals("BrokerVerticle")))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void sharedPackages_dependencies_areFreeOfTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.baozi.cli..", ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void packages_each_saysWhatItIs() {
    Set<String> silent = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      Path folder = Path.of("src/main/java", type.getPackageName().split("\\."));
      if (!Files.exists(folder.resolve("package-info.java"))) {
        silent.add(type.getPackageName());
      }
    }
    assertThat(silent).as("packages without package-info").isEmpty();
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
  }

  private static String shortName(JavaClass type) {
    return type.getPackageName().equals(ROOT)
        ? ""
        : type.getPackageName().substring(ROOT.length() + 1);
  }
}
