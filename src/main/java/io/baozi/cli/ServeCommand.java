package io.baozi.cli;

import io.baozi.config.Resolved;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A server in the foreground. */
@Command(
    name = "serve",
    description = "Run a server until it is told to stop (SIGTERM, SIGINT).",
    footer = {
      "",
      "Once it serves, it prints one line that says where; with --output json, an object such as",
      "{\"baozi\":\"1.0.0\",\"tcp\":\"127.0.0.1:7654\",\"udp\":\"127.0.0.1:7654\"}. A configuration that is",
      "wrong exits with 2, a server that cannot start with 1.",
      "",
      "Examples:",
      "  baozi serve",
      "  baozi serve conf/baozi.json --set queues.default.capacity=500",
      "  baozi serve --port 0 --set udp.port=0",
      "                                  any free ports; the line that it prints says which"
    })
final class ServeCommand implements Callable<Integer> {
  private final Shell shell;
  private final Serving serving;
  private final String version;

  @Mixin private CommonOptions common;
  @Mixin private ConfigurationOptions configuration;

  @Option(names = "--host", paramLabel = "HOST", description = "Short for --set server.host=HOST.")
  private String host;

  @Option(names = "--port", paramLabel = "PORT", description = "Short for --set server.port=PORT.")
  private String port;

  ServeCommand(Shell shell, Serving serving, String version) {
    this.shell = shell;
    this.serving = serving;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    Resolved resolved = configuration.load(shell.environment(), flags());
    try {
      serving.check(resolved);
      return serving.serve(resolved, this::say);
    } catch (IllegalArgumentException e) {
      throw new Failure("config", e.getMessage(), Exit.USAGE, e);
    } catch (BindException e) {
      throw new Failure("failed", e.getMessage() + setting(e), Exit.FAILED, e);
    }
  }

  /** Which setting an address is, where that is not the one that has an option of its own. */
  private static String setting(BindException unbound) {
    return unbound.getMessage().startsWith("UDP ")
        ? "; the setting is udp.port, as in --set udp.port=0"
        : "";
  }

  /** A server that has nobody to tell serves all the same. */
  private void say(Place place) {
    try {
      shell.out().line(common.isJson() ? json(place) : text(place));
    } catch (OutputException e) {
      shell.err().println("baozi: " + e.getMessage());
    }
  }

  private String text(Place place) {
    String tcp = "baozi " + version + " serves on tcp " + place.tcp();
    return place.udp() == null ? tcp : tcp + ", udp " + place.udp();
  }

  private JsonLine json(Place place) {
    return new JsonLine().with("baozi", version).with("tcp", place.tcp()).with("udp", place.udp());
  }

  private String[] flags() {
    List<String> flags = new ArrayList<>();
    if (host != null) {
      flags.add("server.host=" + host);
    }
    if (port != null) {
      flags.add("server.port=" + port);
    }
    return flags.toArray(String[]::new);
  }
}
