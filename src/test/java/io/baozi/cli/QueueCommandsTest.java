package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.client.Message;
import io.baozi.client.NackOptions;
import io.baozi.client.PutOptions;
import io.baozi.client.Queue;
import io.baozi.client.QueueDeclaration;
import io.baozi.client.QueueOrder;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on queues, and on messages where they are, on a real server. */
@Timeout(60)
class QueueCommandsTest extends RealServerFixture {
  private static CommandRun.Result run(String... args) {
    return server.run().of(args);
  }

  private static Queue queue(String name) {
    return server.client().queue(name);
  }

  /** Puts {@code m1} and so on; gives the id of the first. */
  private static long put(String queue, int count) throws Exception {
    List<Buffer> bodies =
        IntStream.rangeClosed(1, count).mapToObj(i -> Buffer.buffer("m" + i)).toList();
    return RealServer.await(queue(queue).putAll(bodies, PutOptions.DEFAULT)).get(0).msg();
  }

  private static void kill(String queue, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Message message = RealServer.await(queue(queue).take());
      RealServer.await(queue(queue).nack(message, NackOptions.DEFAULT.withDead(true)));
    }
  }

  @Test
  void put_withAPriority_isTakenInItsOrder() throws Exception {
    RealServer.await(
        queue("ranked").declare(QueueDeclaration.DEFAULT.withOrder(QueueOrder.PRIORITY)));
    run("put", "ranked", "late", "--priority", "7");
    run("put", "ranked", "soon", "--priority", "-7");
    run("put", "ranked", "usual");
    assertThat(run("take", "ranked", "-n3", "--lines").out()).isEqualTo("soon\nusual\nlate\n");
  }

  @Test
  void put_withADelay_isDelayed() throws Exception {
    run("put", "later", "a", "--delay", "1h");
    server.run().stdin("b\nc\n").of("put", "later", "--lines", "--delay", "1h");
    assertThat(server.stats("later").delayed()).isEqualTo(3);
  }

  @Test
  void put_withATtl_isDroppedAfterIt() throws Exception {
    run("put", "stale", "a", "--ttl", "1ms");
    run("join", "stale");
    assertThat(server.stats("stale").expired()).isEqualTo(1);
  }

  @Test
  void put_withATtlOfZero_livesForEver() throws Exception {
    RealServer.await(
        queue("fresh").declare(QueueDeclaration.DEFAULT.withTtl(Duration.ofMillis(1))));
    assertThat(run("put", "fresh", "mortal").exit()).isZero();
    assertThat(run("put", "fresh", "a", "--ttl", "0").exit()).isZero();
    assertThat(run("take", "fresh").out()).isEqualTo("a");
  }

  @Test
  void put_twiceWithTheSameKey_addsNothingAndPrintsTheSameId() throws Exception {
    String first = run("put", "once", "a", "--key", "k").out();
    assertThat(run("put", "once", "b", "--key", "k").out()).isEqualTo(first);
    assertThat(run("take", "once").out()).isEqualTo("a");
    assertThat(server.stats("once").ready()).isZero();
  }

  @Test
  void put_bodyWithAnAt_isNoFile() {
    assertThat(run("put", "at", "@/etc/hostname").exit()).isZero();
    assertThat(run("take", "at").out()).isEqualTo("@/etc/hostname");
  }

  @Test
  void take_severalQueues_takesFromTheFirstThatHasSomething() throws Exception {
    put("second", 2);
    assertThat(run("take", "first", "second").out()).isEqualTo("m1");
    put("first", 1);
    CommandRun.Result rest =
        run("take", "first", "second", "--until-empty", "--wait", "0", "--output", "json");
    assertThat(rest.out())
        .matches(
            """
            \\{"queue":"first","msg":\\d+,"attempt":1,"body":"m1"}
            \\{"queue":"second","msg":\\d+,"attempt":1,"body":"m2"}
            """);
    assertThat(server.stats("first").acks()).isEqualTo(1);
    assertThat(server.stats("second").acks()).isEqualTo(2);
    assertThat(run("take", "first", "second", "--until-empty", "--wait", "0").err())
        .isEqualTo("baozi: queues first, second were empty; --wait waits for a message\n");
  }

  @Test
  void peek_anyStyle_printsAndConsumesNothing() throws Exception {
    long first = put("window", 3);
    assertThat(run("peek", "window").out()).isEqualTo("m1");
    assertThat(run("peek", "window", "-n", "2", "--lines").out()).isEqualTo("m1\nm2\n");
    assertThat(run("peek", "window", "-n9", "--after", "" + first, "--output=json").out())
        .isEqualTo(
            """
            {"queue":"window","msg":%d,"attempt":0,"body":"m2"}
            {"queue":"window","msg":%d,"attempt":0,"body":"m3"}
            """
                .formatted(first + 1, first + 2));
    assertThat(server.stats("window").takes()).isZero();
  }

  @Test
  void peek_moreThanAFrameHolds_pagesByItself() throws Exception {
    put("long", 1200);
    String all =
        IntStream.rangeClosed(1, 1200).mapToObj(i -> "m" + i + "\n").collect(Collectors.joining());
    assertThat(run("peek", "long", "-n", "5000", "--lines").out()).isEqualTo(all);
    assertThat(run("peek", "long", "-n", "1001", "--lines").out()).hasLineCount(1001);
  }

  @Test
  void peek_eachState_showsThoseInIt() throws Exception {
    put("states", 3);
    kill("states", 1);
    RealServer.await(queue("states").take());
    run("put", "states", "m4", "--delay", "1h");
    assertThat(run("peek", "states", "--state", "dead", "-n9").out()).isEqualTo("m1");
    assertThat(run("peek", "states", "--state", "reserved", "-n9").out()).isEqualTo("m2");
    assertThat(run("peek", "states", "--state", "ready", "-n9").out()).isEqualTo("m3");
    assertThat(run("peek", "states", "--state", "delayed", "-n9").out()).isEqualTo("m4");
  }

  @Test
  void peek_nothing_saysSoAndIsNoFailure() throws Exception {
    long msg = put("bare", 1);
    CommandRun.Result dead = run("peek", "bare", "--state", "dead");
    assertThat(dead.err()).isEqualTo("baozi: queue bare has no dead message\n");
    assertThat(dead.exit()).isZero();
    assertThat(run("peek", "bare", "--after", "" + msg).err())
        .isEqualTo("baozi: queue bare has no ready message behind " + msg + "\n");
  }

  @Test
  void nack_withADelay_putsTheFirstOff() throws Exception {
    put("stuck", 3);
    CommandRun.Result nacked = run("nack", "stuck", "-n", "2", "--delay", "1h");
    assertThat(nacked.out()).isEqualTo("2 messages of queue stuck given back\n");
    assertThat(nacked.exit()).isZero();
    assertThat(server.stats("stuck").delayed()).isEqualTo(2);
    assertThat(run("take", "stuck").out()).isEqualTo("m3");
  }

  @Test
  void nack_asDead_laysAside() throws Exception {
    put("bad", 2);
    assertThat(run("nack", "bad", "--dead", "--output", "json").out())
        .isEqualTo("{\"queue\":\"bad\",\"nacked\":1}\n");
    assertThat(server.stats("bad").dead()).isEqualTo(1);
    assertThat(run("nack", "bad", "--dead", "-n", "9").out())
        .isEqualTo("1 message of queue bad dead\n");
    CommandRun.Result none = run("nack", "bad");
    assertThat(none.err()).isEqualTo("baozi: queue bad has no message ready\n");
    assertThat(none.exit()).isEqualTo(124);
  }

  @Test
  void redrive_allOrSome_makesTheDeadReady() throws Exception {
    long first = put("dead", 4);
    kill("dead", 4);
    assertThat(run("redrive", "dead", "--max", "1").out())
        .isEqualTo("1 message of queue dead redriven\n");
    CommandRun.Result named = run("redrive", "dead", "" + first, "" + (first + 1));
    assertThat(named.out()).isEqualTo("1 message of queue dead redriven\n");
    assertThat(named.err())
        .isEqualTo("baozi: not among the dead of queue dead: 1 of the 2 messages named\n");
    assertThat(named.exit()).isEqualTo(1);
    assertThat(run("redrive", "dead", "--output=json").out())
        .isEqualTo("{\"queue\":\"dead\",\"redriven\":2}\n");
    assertThat(run("peek", "dead", "-n9").out()).isEqualTo("m1m2m3m4");
  }

  @Test
  void pauseAndResume_queue_givesNothingMeanwhile() throws Exception {
    put("halted", 1);
    assertThat(run("pause", "halted").out()).isEqualTo("queue halted is paused\n");
    assertThat(server.stats("halted").paused()).isTrue();
    assertThat(run("take", "halted", "--wait", "0").exit()).isEqualTo(124);
    assertThat(run("resume", "halted", "--output=json").out())
        .isEqualTo("{\"queue\":\"halted\",\"paused\":false}\n");
    assertThat(run("take", "halted", "--wait", "0").out()).isEqualTo("m1");
  }

  @Test
  void purge_withoutATerminal_wantsYes() throws Exception {
    put("full", 2);
    kill("full", 1);
    for (String command : List.of("purge", "delete")) {
      CommandRun.Result refused = run(command, "full");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err())
          .isEqualTo("baozi: what is dropped is gone, and nobody is here to ask; --yes does it\n");
    }
    assertThat(run("purge", "full", "--yes").out()).isEqualTo("1 message of queue full dropped\n");
    assertThat(run("purge", "full", "--dead", "-y", "--output=json").out())
        .isEqualTo("{\"queue\":\"full\",\"purged\":1}\n");
    assertThat(server.stats("full").dead()).isZero();
  }

  @Test
  void purge_atATerminal_asks() throws Exception {
    put("asked", 2);
    CommandRun.Result no = server.run().atTerminal().stdin("\n").of("purge", "asked");
    assertThat(no.err())
        .isEqualTo("baozi: drop 2 messages of queue asked? [y/N] baozi: nothing was dropped\n");
    assertThat(no.exit()).isEqualTo(1);
    assertThat(server.stats("asked").ready()).isEqualTo(2);
    CommandRun.Result yes = server.run().atTerminal().stdin("Yes\n").of("purge", "asked");
    assertThat(yes.exit()).isZero();
    assertThat(server.stats("asked").ready()).isZero();
  }

  @Test
  void delete_confirmed_dropsTheQueue() throws Exception {
    put("doomed", 2);
    CommandRun.Result no = server.run().atTerminal().stdin("").of("delete", "doomed");
    assertThat(no.err()).startsWith("baozi: drop queue doomed with 2 messages? [y/N] ");
    assertThat(no.exit()).isEqualTo(1);
    assertThat(server.run().atTerminal().stdin("y\n").of("delete", "doomed").out())
        .isEqualTo("queue doomed dropped\n");
    CommandRun.Result gone = run("delete", "doomed", "--yes");
    assertThat(gone.err()).isEqualTo("baozi: no queue is called doomed\n");
    assertThat(gone.exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"peek", "nack", "redrive", "pause", "resume", "join", "stats", "purge --yes"})
  void command_queueThatIsNotThere_isNotFoundAndNotMade(String command) throws Exception {
    CommandRun.Result result = run((command + " nowhere").split(" "));
    assertThat(result.err()).isEqualTo("baozi: no queue is called nowhere\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(RealServer.await(server.client().queues()))
        .noneMatch(stats -> stats.queue().equals("nowhere"));
  }

  @Test
  void join_somethingLeft_timesOut() throws Exception {
    put("busy", 1);
    CommandRun.Result late = run("join", "busy", "--wait", "1ms");
    assertThat(late.exit()).isEqualTo(124);
    assertThat(late.err()).startsWith("baozi: ").hasLineCount(1);
    run("take", "busy");
    CommandRun.Result joined = run("join", "busy", "--wait", "0");
    assertThat(joined.exit()).isZero();
    assertThat(joined.out()).isEmpty();
    assertThat(run("join", "busy", "--output=json").out())
        .isEqualTo("{\"queue\":\"busy\",\"joined\":true}\n");
  }

  @Test
  void declare_everything_printsTheSettingsInForce() {
    CommandRun.Result declared =
        run(
            ("declare oven --order lifo --capacity 5 --ttr 90s --attempts 3 --backoff 1s --ttl 1h"
                    + " --dead-letter burnt --dedup 500ms --no-durable")
                .split(" "));
    assertThat(declared.out())
        .isEqualTo(
            """
            queue       oven
            order       lifo
            capacity    5
            maxBytes    no bound
            durable     false
            ttr         90s
            attempts    3
            backoff     1s
            ttl         1h
            deadLetter  burnt
            dedup       500ms
            """);
    assertThat(run("declare", "oven", "--output", "json").out())
        .isEqualTo(
            "{\"queue\":\"oven\",\"order\":\"lifo\",\"capacity\":5,\"maxBytes\":0,\"durable\":false,"
                + "\"ttr\":90000,\"attempts\":3,\"backoff\":1000,\"ttl\":3600000,"
                + "\"deadLetter\":\"burnt\",\"dedup\":500}\n");
    CommandRun.Result other = run("declare", "oven", "--durable");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).startsWith("baozi: queue oven stands with durable ");
  }

  @Test
  void declare_nothing_printsTheDefaults() {
    assertThat(run("declare", "plain").out())
        .contains("\nattempts    no limit\n", "\nttl         none\n", "\ndeadLetter  none\n")
        .contains("\nbackoff     0\n", "\ndedup       2m\n", "\nttr         1m\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--capacity, 100000000, 100000001",
    "--ttr, 7d, 169h",
    "--attempts, 1000000, 1000001",
    "--backoff, 1h, 61m",
    "--ttl, 365d, forever",
    "--dedup, 7d, 169h",
  })
  void declare_setting_endsWhereTheServerEnds(String option, String most, String more) {
    String queue = "most" + option;
    assertThat(run("declare", queue, option, most).err()).isEmpty();
    CommandRun.Result refused = run("declare", queue, option, more);
    assertThat(refused.err()).startsWith("baozi: " + option + " is " + more + ", allowed are ");
    assertThat(refused.exit()).isEqualTo(2);
  }

  @Test
  void stats_oneQueue_printsEverything() throws Exception {
    put("single", 2);
    assertThat(run("stats", "single").out())
        .startsWith("queue         single\norder         fifo\npaused        false\n")
        .contains("\nready         2\n", "\nbytes         4 B\n", "\nputs          2\n");
    assertThat(run("stats", "single", "--output=json").out())
        .startsWith("{\"queue\":\"single\",\"order\":\"fifo\",\"paused\":false,\"ready\":2,")
        .contains("\"maxBytes\":0", "\"putRate\":")
        .hasLineCount(1);
  }

  @Test
  void stats_severalOrAll_isATable() throws Exception {
    put("left", 2);
    put("right", 1);
    RealServer.await(queue("right").pause());
    assertThat(run("stats", "left", "right").out())
        .matches(
            """
            QUEUE           READY  DELAYED  RESERVED  DEAD  CAPACITY  PUTS  TAKES  ACKS  BYTES \
             OLDEST  WAIT P/T  CONS
            left                2        0         0     0     10000     2      0     0    4 B \
             +[0-9.ms]+       0/0     0
            right \\(paused\\)      1        0         0     0     10000     1      0     0    2 B \
             +[0-9.ms]+       0/0     0
            """);
    assertThat(run("stats").out()).contains("\nleft ", "\nright (paused) ");
    assertThat(run("stats", "--output=json").out()).contains("{\"queue\":\"left\",\"order\"");
  }

  @Test
  void top_aPipe_isATableAnInterval() throws Exception {
    put("watched", 1);
    CommandRun.Result twice = run("top", "-n", "2", "-i", "10ms", "--sort", "ready");
    assertThat(twice.exit()).isZero();
    assertThat(twice.out())
        .matches("(?s)(baozi \\S+ at \\S+, up .*\nQUEUE +READY .* ORDER\n.*watched +1 .*){2}")
        .contains("\n\nbaozi ")
        .doesNotContain("\033");
    assertThat(run("top", "-n1", "--output=json").out())
        .startsWith("{\"server\":{\"version\":\"")
        .contains("\"queues\":[{\"queue\":\"")
        .hasLineCount(1);
  }

  @Test
  void top_aTerminal_isDrawnAndLeftAsItWas() {
    CommandRun.Result result =
        server
            .run()
            .with("LINES", "4")
            .with("COLUMNS", "30")
            .atTerminal()
            .stdin("xq")
            .of("top", "-i", "1h");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("\033[?1049h\033[?25l\033[Hbaozi ");
    assertThat(result.out()).endsWith("\033[K\033[J\033[?25h\033[?1049l");
    assertThat(result.out().lines().count()).isLessThanOrEqualTo(4);
  }

  @Test
  void top_interrupted_leavesTheTerminalAsItWas() throws Exception {
    CommandRun run = server.run().atTerminal();
    var result = CompletableFuture.supplyAsync(() -> run.of("top", "-i", "1h"));
    run.awaitOut("\033[J");
    run.interrupt();
    assertThat(result.get().exit()).isEqualTo(130);
    assertThat(result.get().out()).endsWith("\033[?25h\033[?1049l");
  }
}
