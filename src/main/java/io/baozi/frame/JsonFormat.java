package io.baozi.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;

/** How JSON is read and written in headers. */
final class JsonFormat {
  /** Deeper nesting than this is refused: it serves nobody and costs memory to follow. */
  private static final int MAX_DEPTH = 500;

  /**
   * UTF-8 only, no detection of other encodings; lengths are limited by the header's own. Names are
   * not interned, since they come from peers.
   */
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(FrameLimits.HEADER_CEILING)
                  .maxNumberLength(FrameLimits.HEADER_CEILING)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private JsonFormat() {}
}
