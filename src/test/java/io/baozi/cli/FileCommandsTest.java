package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on files, on a real server. */
@Timeout(60)
class FileCommandsTest {
  /** SHA-256 of {@code hello}. */
  private static final String HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path served;
  @TempDir Path here;

  private RealServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RealServer(served);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun.Result run(String line) {
    return server.run().of(words(line));
  }

  /** The words of a line, in which {@code @} is the folder of the test. */
  private String[] words(String line) {
    return line.replace("@", here.toString()).split(" ");
  }

  private void assertRun(String line, String out, String err) {
    CommandRun.Result result = run(line);
    assertThat(result.err()).isEqualTo(err.replace("@", here.toString()));
    assertThat(result.out()).isEqualTo(out.replace("@", here.toString()));
    assertThat(result.exit()).isEqualTo(err.isEmpty() ? 0 : 1);
  }

  private void assertFails(String line, String err) {
    assertRun(line, "", "baozi: " + err + "\n");
  }

  private Path file(String name, String text) throws IOException {
    Path file = here.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void cp_longFile_isTheSameThereAndBack() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(5).nextBytes(bytes);
    Path file = Files.write(here.resolve("up"), bytes);
    assertRun("cp @/up baozi:a/long", "", "");
    assertRun("cp baozi:a/long @/down", "", "");
    assertThat(Files.mismatch(file, here.resolve("down"))).isEqualTo(-1);
    assertThat(run("cp baozi:a/long -").bytes()).isEqualTo(bytes);
  }

  @Test
  void cp_targetIsAFolder_takesTheNameOfTheSource() throws Exception {
    file("up", "hello");
    Files.createDirectory(here.resolve("folder"));
    assertRun("cp @/up baozi:", "", "");
    assertRun("cp @/up baozi:a/b/", "", "");
    assertRun("ls", "a/b/up\nup\n", "");
    assertRun("cp baozi:a/b/up @/folder", "", "");
    assertThat(here.resolve("folder/up")).hasContent("hello");
    assertFails(
        "cp @/up baozi:a",
        "cannot copy @/up to baozi:a: no file can be \"a\": a folder stands there; baozi:a/ puts it"
            + " there under its own name");
  }

  @Test
  void cp_folder_isCopiedByItsNameOrByWhatIsInItBothWays() throws Exception {
    file("pics/1", "one");
    file("pics/sub/2", "two");
    assertFails("cp @/pics baozi:", "@/pics is a directory; -r copies it with all that is in it");
    assertRun("cp -r @/pics baozi:a/", "", "");
    assertRun("cp -r @/pics/ baozi:b/", "", "");
    assertRun("cp -r @/pics baozi:c", "", "");
    assertRun("ls", "a/pics/1\na/pics/sub/2\nb/1\nb/sub/2\nc/1\nc/sub/2\n", "");
    assertFails("cp baozi:a/ @", "baozi:a/ is a folder; -r copies all that is in it");
    assertRun("cp -r baozi:a/ @/new", "", "");
    assertThat(here.resolve("new/pics/sub/2")).hasContent("two");
    assertRun("cp -r baozi:a/ @/new", "", "");
    assertRun("cp -r baozi:a @/new", "", "");
    assertThat(here.resolve("new/a/pics/1")).hasContent("one");
    assertRun("cp -r baozi:b/ baozi:d", "", "");
    assertRun("ls d", "d/1\nd/sub/2\n", "");
  }

  @Test
  void cp_linkInAFolder_isLeftOutUnlessFollowed() throws Exception {
    file("pics/1", "one");
    Files.createSymbolicLink(here.resolve("pics/link"), Path.of("1"));
    CommandRun.Result without = run("cp -r @/pics/ baozi:");
    assertThat(without.err())
        .isEqualTo("baozi: " + here + "/pics/link is left out: it is a link, which -L follows\n");
    assertThat(without.exit()).isZero();
    assertRun("ls", "1\n", "");
    assertRun("cp -rL @/pics/ baozi:", "", "");
    assertRun("cp baozi:link -", "one", "");
  }

  @Test
  void cp_standardInput_goesThroughATemporaryFileThatIsGoneAfterwards() throws Exception {
    Path temporary = Files.createDirectory(here.resolve("tmp"));
    var listing =
        new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)) {
          private boolean isSpooled;

          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            try (var files = Files.list(temporary)) {
              isSpooled |= files.count() == 1;
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
            return super.read(bytes, offset, length);
          }
        };
    CommandRun run = server.run().with("TMPDIR", temporary.toString()).stdin((InputStream) listing);
    CommandRun.Result result = run.of("cp", "-", "baozi:in", "-v");
    assertThat(result.out()).isEqualTo(HELLO + "  - -> baozi:in\n");
    assertThat(listing.isSpooled).isTrue();
    assertThat(temporary).isEmptyDirectory();
    assertRun("cp baozi:in baozi:in -", "hellohello", "");
  }

  @Test
  void cp_standardInputFailsUnexpectedly_endsWithAnError() {
    CommandRun.Result result = server.run().stdin(CommandRun.broken()).of("cp", "-", "baozi:in");
    assertThat(result.err()).contains("broken on cue").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    assertRun("ls", "", "");
  }

  @Test
  void cp_temporaryDirectoryIsNotThere_namesIt() {
    CommandRun run = server.run().with("TMPDIR", here + "/no").stdin("hello");
    assertThat(run.of("cp", "-", "baozi:in").err())
        .isEqualTo(
            "baozi: cannot make a temporary file in %s/no: no such file; TMPDIR names another directory\n"
                .formatted(here));
  }

  @Test
  void cp_sameBytesAreThere_copiesThemOnlyWithNoResume() throws Exception {
    Path file = file("up", "hello");
    String there = "\"length\":5,\"sha256\":\"" + HELLO + "\",\"copied\":%s}\n";
    String up = "{\"from\":\"@/up\",\"to\":\"baozi:up\"," + there;
    String down = "{\"from\":\"baozi:up\",\"to\":\"@/up\"," + there;
    assertRun("cp @/up baozi: --output json", up.formatted(true), "");
    assertRun("cp @/up baozi: --output json", up.formatted(false), "");
    assertRun("cp @/up baozi: --output json --no-resume", up.formatted(true), "");
    assertRun("cp baozi:up @ --output json", down.formatted(false), "");
    assertRun("cp baozi:up @ --output json --no-resume", down.formatted(true), "");
    Files.writeString(file, "jello");
    assertRun("cp baozi:up @ --output json", down.formatted(true), "");
    assertThat(file).hasContent("hello");
  }

  @Test
  void cp_oneOfSeveralFails_copiesTheOthersAndExitsWith1() throws Exception {
    file("1", "one");
    file("2", "two");
    assertFails("cp @/1 @/no @/2 baozi:a/", "cannot copy @/no: no such file");
    assertRun("ls", "a/1\na/2\n", "");
    assertRun("rm a/2", "", "");
    assertRun("cp @/2 baozi:a/2/in/the/way", "", "");
    CommandRun.Result result = run("cp --no-resume @/2 @/1 baozi:a/ -v");
    assertThat(result.err()).contains("cannot copy " + here + "/2 to baozi:a/2: ").hasLineCount(1);
    assertThat(result.out()).endsWith("/1 -> baozi:a/1\n").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void cp_sourcesOfTheSameName_doNotReplaceEachOther() throws Exception {
    file("a/1", "one");
    file("b/1", "two");
    assertFails(
        "cp @/a/1 @/b/1 baozi:",
        "cannot copy @/b/1: baozi:1 is the target of another source already");
    assertRun("cp baozi:1 -", "one", "");
  }

  @Test
  void cp_nothingThere_saysSo() throws Exception {
    assertFails("cp baozi:no @", "the server has no file no; `baozi ls` lists what it has");
    assertFails("cp -r baozi:no/ @", "the server has no file whose name begins with 'no/'");
    file("up", "hello");
    assertFails("cp @/up/ baozi:", "cannot copy @/up/: it is a file, not a directory");
    assertRun("cp @/up baozi:", "", "");
    assertFails(
        "cp baozi:up @/no/up", "cannot copy baozi:up to @/no/up: there is no directory @/no");
    assertRun("cp -r baozi:up @/no/up", "", "");
  }

  @Test
  void cp_atATerminal_showsABarThatIsGoneAtTheEnd() throws Exception {
    file("up", "hello");
    CommandRun.Result shown = server.run().atTerminal().of(words("cp @/up baozi:"));
    CommandRun.Result hidden = server.run().atTerminal().of(words("cp @/up baozi:2 --no-progress"));
    CommandRun.Result piped = run("cp @/up baozi:3 --progress");
    assertThat(shown.err()).contains("100% [=").endsWith("\r\033[K");
    assertThat(hidden.err()).isEmpty();
    assertThat(piped.err()).contains("100% [=");
  }

  @Test
  void cp_severalAtATerminal_areOneBarOfAllTheirBytes() throws Exception {
    for (int i = 0; i < 20; i++) {
      file("many/" + i, "hello");
    }
    CommandRun.Result up = server.run().atTerminal().of(words("cp -r @/many baozi:"));
    CommandRun.Result down = server.run().atTerminal().of(words("cp -r baozi:many @/back"));
    assertThat(up.err()).contains("20 files", "100/100 B").endsWith("\r\033[K");
    assertThat(down.err()).contains("20 files", "100/100 B").endsWith("\r\033[K");
    assertThat(here.resolve("back/19")).hasContent("hello");
  }

  @Test
  void nameOnTheServer_withASlashBeforeIt_isRefusedWithTheOneThatIsMeant() throws Exception {
    file("up", "hello");
    String refusal = "'%s': names on the server are relative, without / before them%s\n";
    assertUsage("cp @/up baozi:/a/b", refusal.formatted("baozi:/a/b", "; write baozi:a/b"));
    assertUsage("cp baozi:/a -", refusal.formatted("baozi:/a", "; write baozi:a"));
    assertUsage("cp -r @ baozi:/", refusal.formatted("baozi:/", ""));
    assertUsage("ls /a/", refusal.formatted("/a/", "; write a/"));
    assertUsage("rm a baozi://a", refusal.formatted("baozi://a", "; write baozi:a"));
  }

  private void assertUsage(String line, String sentence) {
    CommandRun.Result result = run(line);
    assertThat(result.err()).startsWith("baozi: " + sentence);
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void ls_files_areListedByPrefix() throws Exception {
    file("up", "hello");
    run("cp @/up baozi:a/1");
    run("cp @/up baozi:b/1");
    assertThat(run("ls -l").out())
        .matches("(5  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  [ab]/1\n){2}");
    assertRun("ls baozi:b", "b/1\n", "");
    assertRun("ls --sha256 a/1", HELLO + "  a/1\n", "");
    assertThat(run("ls --sha256 a/1 --output json").out())
        .matches(
            "\\{\"name\":\"a/1\",\"length\":5,\"modified\":\\d+,\"sha256\":\"" + HELLO + "\"}\n");
    assertThat(run("ls a/1 --output json").out())
        .matches("\\{\"name\":\"a/1\",\"length\":5,\"modified\":\\d+}\n");
    assertFails("ls c", "no file's name begins with 'c'");
    assertFails("ls c/", "no file's name begins with 'c/'");
  }

  @Test
  void cp_toWhatIsNoRegularFile_isRefusedAndLeft() throws Exception {
    file("up", "hello");
    run("cp @/up baozi:a");
    Path fifo = here.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertThat(run("cp baozi:a @/fifo").err())
        .contains("it is no regular file; write to it by: baozi cp baozi:a - > " + fifo);
    assertThat(Files.isRegularFile(fifo)).isFalse();
  }

  @Test
  void rm_files_areGoneAndWhatIsNotThereIsNamed() throws Exception {
    file("up", "hello");
    run("cp @/up baozi:a/1");
    run("cp @/up baozi:a/2");
    run("cp @/up baozi:b");
    assertFails("rm no b", "there is no file \"no\"; a folder is named with / at its end, and -r");
    assertRun("ls", "a/1\na/2\n", "");
    assertThat(server.run().atTerminal().stdin("n\n").of("rm", "-r", "a/").err())
        .isEqualTo("baozi: delete all in 'a/', 2 files, 10 B? [y/N] baozi: nothing was dropped\n");
    assertRun(
        "rm -r a/ --yes --output json",
        "{\"name\":\"a/1\",\"deleted\":true}\n{\"name\":\"a/2\",\"deleted\":true}\n",
        "");
    assertRun("ls", "", "");
    assertFails("rm -r a/ --yes", "no file's name begins with 'a/'");
  }
}
