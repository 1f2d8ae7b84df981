package io.baozi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The oldest Java that offers a word of the configuration. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface NeedsJava {
  /** The feature release, such as 21. */
  int value();
}
