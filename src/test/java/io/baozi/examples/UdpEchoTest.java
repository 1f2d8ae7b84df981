package io.baozi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.UdpPeer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class UdpEchoTest {
  @Test
  void main_started_echoesOnThePortItPrints() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), UdpEcho.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      String line = output.readLine();
      assertThat(line).startsWith("UDP echo on port ");
      int port = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
      try (UdpPeer peer = new UdpPeer("127.0.0.1", port)) {
        peer.send(new byte[] {1, 2, 3});
        assertThat(peer.receive()).containsExactly(1, 2, 3);
      }
      assertThat(output.readLine()).isEqualTo("3 bytes");
    } finally {
      process.destroy();
      process.waitFor();
    }
  }
}
