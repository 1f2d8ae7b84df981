package io.baozi.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The file of a configuration: UTF-8, of a size that a person could have written. */
final class ConfigFile {
  private static final int MAX_BYTES = 16 << 20;

  private final Path path;
  private final String name;

  ConfigFile(Path path) {
    this.path = path;
    this.name = Spelling.printable(path.toString());
  }

  /** The tree of the file. One that cannot be read or is not JSON is thrown at once. */
  Node read(List<Problem> problems) {
    return new JsonText(name, decode(bytes()), problems).root();
  }

  private byte[] bytes() {
    if (Files.isDirectory(path)) {
      throw JsonText.fault(name, "is a directory, not a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw JsonText.fault(name, "is too large for a configuration; allowed is 16MiB");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw JsonText.fault(name, "no such file");
    } catch (AccessDeniedException e) {
      throw JsonText.fault(name, "cannot be read: permission denied");
    } catch (FileSystemException e) {
      throw JsonText.fault(name, "cannot be read: " + e.getReason());
    } catch (IOException e) {
      throw JsonText.fault(name, "cannot be read: " + e.getMessage());
    }
  }

  private String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    boolean isBroken = decoder.decode(ByteBuffer.wrap(bytes), chars, true).isError();
    String text = chars.flip().toString();
    if (isBroken) {
      long line = 1 + text.chars().filter(c -> c == '\n').count();
      int column = text.length() - text.lastIndexOf('\n');
      throw JsonText.fault(name + ":" + line + ":" + column, "is not UTF-8 from here on");
    }
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
