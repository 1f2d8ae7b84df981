package io.baozi.history;

import java.util.List;

/** A promise of the protocol, held against a history. */
interface Rule {
  /** Where the history breaks it. */
  List<Violation> check(History history);
}
