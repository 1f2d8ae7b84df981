/**
 * The command line: one class a command, on the client alone. It stands at the near end of a
 * request's path, where a person or a script does. The server that {@code serve} runs is handed in
 * as a {@link io.baozi.cli.Serving}, so that client commands do not load it. Imports {@code
 * client}, {@code config}, {@code data}, {@code process} and what the client's interface is made
 * of: {@code frame} and {@code message}.
 */
package io.baozi.cli;
