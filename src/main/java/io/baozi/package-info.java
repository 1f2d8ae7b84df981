/**
 * Where the parts come together: the entry point of the jar, the server to embed, and the step from
 * a configuration to verticles. May import every other package.
 */
package io.baozi;
