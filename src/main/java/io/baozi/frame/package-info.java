/**
 * Frames: bytes to header and body, and back. On the path of a request this is the step after
 * {@code net} on the way in and before it on the way out. It knows no socket and no operation, and
 * imports no other package of Baozi.
 */
package io.baozi.frame;
