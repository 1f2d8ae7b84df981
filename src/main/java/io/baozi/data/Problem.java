package io.baozi.data;

import io.baozi.journal.Fault;

/**
 * Something that is wrong with a data directory.
 *
 * @param place the file, or the row
 * @param what is wrong there
 * @param remedy what to do about it
 */
public record Problem(String place, String what, String remedy) {
  private static final String RESCUE =
      "restore the directory from a copy, or rescue what can be read: `baozi data export --salvage`,"
          + " then `baozi data import` into a new one";

  static Problem lost(Fault fault) {
    return new Problem(fault.place(), fault.what(), RESCUE);
  }

  static Problem lost(String place, String what) {
    return new Problem(place, what, RESCUE);
  }
}
