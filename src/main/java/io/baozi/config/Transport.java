package io.baozi.config;

/** What carries the bytes of sockets. */
public enum Transport {
  /** Epoll where it can be loaded, else NIO. */
  AUTO,
  /** Linux epoll; the start fails without it. */
  EPOLL,
  /** The sockets of the JDK. */
  NIO
}
