/**
 * The network: a TCP server that speaks frames, and a UDP echo. On the path of a request this is
 * the first step and the last, before and after {@code frame}. Imports {@code frame}, {@code
 * message} and {@code bus}.
 */
package io.baozi.net;
