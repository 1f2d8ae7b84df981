package io.baozi.net;

import io.netty.util.NetUtil;
import java.net.BindException;

/** Why an address cannot be listened on, in the same words for TCP and UDP. */
final class Unbound {
  private Unbound() {}

  /**
   * The exception that says so.
   *
   * @param protocol TCP or UDP
   * @param port 0 for any that is free
   */
  static BindException because(Throwable cause, String protocol, String host, int port) {
    String address = protocol + " " + NetUtil.toSocketAddressString(host, port);
    String why = String.valueOf(cause.getMessage());
    BindException unbound =
        new BindException(
            why.contains("in use")
                ? address
                    + " is in use; stop what listens there, or choose another port (0 is any that"
                    + " is free)"
                : address + " cannot be bound: " + why);
    unbound.initCause(cause);
    return unbound;
  }
}
