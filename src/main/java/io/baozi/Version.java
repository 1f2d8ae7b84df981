package io.baozi;

/** The version of this build, as the jar's manifest states it. */
public final class Version {
  private Version() {}

  /** The version, for example {@code 0.1.0}, or {@code dev} when run from classes without a jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
