/**
 * Messages: a frame's header with types, both ways, for server and client alike. On the path of a
 * request this is the step between {@code frame} and {@code bus}. Imports {@code frame} only.
 */
package io.baozi.message;
