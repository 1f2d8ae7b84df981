package io.baozi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting's row: its default, its range and its sentence, on the record component that holds
 * it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  /** The default, spelt as a flag would spell it; empty for none. */
  String value() default "";

  /** The lowest value, in the setting's own units; empty for none. */
  String min() default "";

  /** The highest value, in the setting's own units; empty for what the type holds. */
  String max() default "";

  /** What the setting is, in one sentence of the reference. */
  String doc();

  /** The key in the file, where it cannot be the component's name. */
  String key() default "";

  /** Whether an integer counts bytes and may be written with a unit. */
  boolean bytes() default false;

  /** Whether a text names an object of the protocol, and so keeps to the rules of names. */
  boolean name() default false;

  /** Whether a name must be another than that of the section it stands in. */
  boolean other() default false;

  /** Whether the start fails without it. */
  boolean required() default false;
}
