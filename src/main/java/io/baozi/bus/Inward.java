package io.baozi.bus;

import static io.baozi.message.RefusedException.badRequest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import io.baozi.message.Shown;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * What a client sends to the event bus, as a consumer there receives it.
 *
 * @param address that the client is permitted to reach
 * @param options with its headers, whose names are case-insensitive, as the bus has them
 * @param body always a Buffer, an empty one for no body
 */
record Inward(String address, DeliveryOptions options, Buffer body) {
  /** As lenient with lengths as the header was that they come from; names are not kept. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /**
   * Reads it from a request.
   *
   * @throws RefusedException with {@code bad_request}, {@code forbidden} or {@code too_large}, the
   *     first that applies
   */
  static Inward read(Request request, Set<String> permitted, int maxMessage) {
    Arguments arguments = request.arguments();
    String address = address(arguments, permitted, "send to");
    MultiMap headers = headers(arguments.object("headers"));
    request.requireSize(maxMessage);
    return new Inward(address, new DeliveryOptions().setHeaders(headers), request.body());
  }

  /** The address that a request names, if it is permitted. */
  static String address(Arguments arguments, Set<String> permitted, String verb) {
    String address = arguments.name("address");
    if (!permitted.contains(address)) {
      throw new RefusedException(
          ErrorCode.FORBIDDEN,
          "address is "
              + Shown.value(address)
              + ", clients may not "
              + verb
              + " it (bus.permitted)");
    }
    return address;
  }

  /** Strings as they are, other scalars as the JSON that they were written in. */
  private static MultiMap headers(Json object) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (object == null) {
      return headers;
    }
    try (JsonParser json = JSON.createParser(object.toString())) {
      json.nextToken();
      String name;
      while ((name = json.nextFieldName()) != null) {
        JsonToken value = json.nextToken();
        if (value.isStructStart()) {
          throw badRequest(
              "headers has an object or an array under "
                  + Shown.value(name)
                  + ", allowed are strings, numbers, true and false");
        }
        if (value != JsonToken.VALUE_NULL) {
          headers.set(name, json.getText());
        }
      }
      return headers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
