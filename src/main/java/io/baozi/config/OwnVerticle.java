package io.baozi.config;

import java.util.Map;

/** What a configuration says of any verticle that it names, whatever the verticle is for. */
public sealed interface OwnVerticle permits ConsumerSettings, ProducerSettings, VerticleSettings {
  /** A kind that comes with Baozi; null if it is a class of the user's. */
  String type();

  /** The name of a class of the user's; null if it comes with Baozi. */
  String className();

  /** What the log calls it; null if it was given no name. */
  String name();

  /** Instances to deploy, 1 to 1000. */
  int instances();

  /** What it runs on. */
  Threading threading();

  /** Its own settings: maps, lists, strings, numbers, booleans and null, unmodifiable. */
  Map<String, Object> config();
}
