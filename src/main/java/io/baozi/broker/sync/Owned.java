package io.baozi.broker.sync;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** A wait of an owner for what other owners can give, as the {@link WaitGraph} sees it. */
public interface Owned {
  /** Who waits. */
  Owner owner();

  /** The object that it waits at. */
  Object at();

  /** The name of the object that it waits at. */
  String waitsFor();

  /** Milliseconds since 1970 at which it was asked. */
  long since();

  /** Everybody who may have to give something back, or go ahead, before it is granted. */
  void blockers(Consumer<Owner> blockers);

  /** Whether it is granted sometime if these owners give back all that they hold. */
  boolean isGrantedIf(Predicate<Owner> giveBack);
}
