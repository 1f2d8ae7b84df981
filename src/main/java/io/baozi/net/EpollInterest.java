package io.baozi.net;

import io.netty.channel.Channel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;

/**
 * Keeps a channel whose peer has ended its direction in its epoll set. Netty takes a descriptor out
 * of the set when there is nothing to wait for, forgets that it did (netty/netty#16689, so in
 * 4.2.17 and in 4.2.20), and closes the channel when it is to wait until the peer has read some of
 * what it is still told. So there is something: errors, which epoll tells of in any case. What
 * Netty has for that is not public.
 */
final class EpollInterest {
  private static final Logger LOG = System.getLogger(EpollInterest.class.getName());

  /** EPOLLERR of Linux. */
  private static final int ERRORS = 8;

  private EpollInterest() {}

  /** Whether a channel is of this transport. */
  static boolean isOf(Channel channel) {
    return channel.getClass().getName().equals("io.netty.channel.epoll.EpollSocketChannel");
  }

  /** Does nothing for a channel of another transport; on its event loop, while it is in the set. */
  static void keep(Channel channel) {
    if (!isOf(channel)) {
      return;
    }
    try {
      Method setFlag =
          channel
              .getClass()
              .getSuperclass()
              .getSuperclass()
              .getDeclaredMethod("setFlag", int.class);
      setFlag.setAccessible(true);
      setFlag.invoke(channel, ERRORS);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.WARNING, "a client that ends its sending may be cut before its answers", e);
    }
  }
}
