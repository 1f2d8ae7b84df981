package io.baozi.frame;

/** What becomes of the body that a header announces. */
public enum Intake {
  /** It is kept and arrives in one piece with its header. */
  WHOLE,
  /** It passes through as it arrives, however long it is. */
  PIECES,
  /** It is read and dropped. */
  SKIP
}
