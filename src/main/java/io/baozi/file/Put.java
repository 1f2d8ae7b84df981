package io.baozi.file;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.frame.Header;
import io.baozi.message.Arguments;
import io.baozi.message.Request;

/**
 * What a {@code file.put} asks for.
 *
 * @param offset bytes of the file that came before
 * @param size bytes that come now, to the end of the file
 * @param sha256 of the whole file, null if the client does not say
 */
record Put(FileName name, long offset, long size, String sha256) {
  static Put of(Request request) {
    Arguments arguments = request.arguments();
    FileName name = FileName.of(arguments);
    long offset = arguments.integer("offset", 0, 0, Header.MAX_INTEGER);
    if (request.size() > Header.MAX_INTEGER - offset) {
      throw badRequest(
          "offset is " + offset + ", with a size of " + request.size() + " that is past 2^53-1");
    }
    return new Put(name, offset, request.size(), Sha256.of(arguments));
  }

  /** The length of the whole file, in bytes. */
  long length() {
    return offset + size;
  }
}
