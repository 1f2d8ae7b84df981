package io.baozi.cli;

import io.vertx.core.buffer.Buffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A body to the server and back. */
@Command(
    name = "echo",
    description = "Send a body to a server and print what comes back, byte for byte.",
    footer = {
      "",
      "Examples:",
      "  baozi echo hello",
      "  baozi echo - < picture.png | cmp - picture.png"
    })
final class EchoCommand extends ClientCommand {
  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "The body; - is all of standard input (default: -).")
  private String text = Source.STDIN;

  EchoCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(Session session) {
    int most = session.client().limits().maxMessage();
    Buffer body = Source.ofArgument(text, shell()).whole(most, "the server takes (maxMessage)");
    byte[] back = session.await(session.client().echo(body)).getBytes();
    if (isJson()) {
      shell().out().line(new JsonLine().withBody(back));
    } else {
      shell().out().write(back);
    }
    return Exit.OK;
  }
}
