package io.baozi.broker.sync;

/** An object that owners hold and wait for. */
public interface Shared {
  /** Lets everybody go on who can; is forgotten if nobody is left. */
  void settle(long now);
}
