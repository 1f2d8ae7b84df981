package io.baozi.cli;

import java.util.Map;

/** Where a server is: what an option says, else the environment, else the default. */
record Target(String host, int port) {
  static final String DEFAULT_HOST = "127.0.0.1";
  static final int DEFAULT_PORT = 7654;

  /**
   * @param host of the option, null if it is not given
   * @param port of the option, null if it is not given
   * @param section of the configuration whose variables count: SERVER or UDP
   */
  static Target of(String host, Integer port, String section, Map<String, String> environment) {
    Variables variables = new Variables(environment);
    return new Target(
        host == null
            ? variables.find(section, "HOST").map(Variables.Variable::value).orElse(DEFAULT_HOST)
            : host,
        port == null
            ? variables
                .find(section, "PORT")
                .map(variable -> port(variable.name(), variable.value()))
                .orElse(DEFAULT_PORT)
            : port("--port", "" + port));
  }

  private static int port(String name, String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw Failure.usage(name + " is '" + text + "', to connect to a port takes 1 to 65535");
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
