package io.baozi.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** What a machine gets through one TCP connection, by iperf3. */
record Iperf(Program program) {
  static Optional<Iperf> find() {
    return Program.find("iperf3").map(Iperf::new);
  }

  /** How many seconds so many bytes take. */
  double run(long bytes) throws IOException, InterruptedException {
    String port = Integer.toString(Spawned.freePort());
    Process server =
        new ProcessBuilder(program.toString(), "-s", "-1", "-B", "127.0.0.1", "-p", port)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      JsonNode said = client(port, bytes);
      while (said.has("error") && server.isAlive()) { // it does not listen yet
        said = client(port, bytes);
      }
      JsonNode sum = said.path("end").path("sum_received");
      if (!sum.has("bits_per_second")) {
        throw new IOException("iperf3 says " + said);
      }
      return bytes * 8 / sum.get("bits_per_second").asDouble();
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private JsonNode client(String port, long bytes) throws IOException, InterruptedException {
    Process client =
        new ProcessBuilder(
                program.toString(), "-c", "127.0.0.1", "-p", port, "-n", Long.toString(bytes), "-J")
            .start();
    JsonNode said = new ObjectMapper().readTree(client.getInputStream());
    client.waitFor();
    return said;
  }
}
