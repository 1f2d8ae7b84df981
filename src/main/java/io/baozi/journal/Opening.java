package io.baozi.journal;

/** What a store is opened for. */
enum Opening {
  /** To be used: it is refused if anything of it is damaged. */
  WHOLE,
  /** To be read although it is damaged: what is not whole is passed over. */
  SALVAGE
}
