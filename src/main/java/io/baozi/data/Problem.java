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

  /** Of a crash, for what may change the directory. */
  static Problem torn(Fault fault) {
    return new Problem(
        fault.place(), fault.what(), "start a server on the directory, or `baozi data compact` it");
  }

  static Problem beyondRescue(String place, String what) {
    return new Problem(
        place,
        what,
        "restore the directory from a copy: `baozi data export --salvage` reads none of it");
  }

  static Problem lost(Fault fault) {
    return new Problem(fault.place(), fault.what(), RESCUE);
  }

  static Problem lost(String place, String what) {
    return new Problem(place, what, RESCUE);
  }
}
