package io.tapeflow.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * A file of this bundle, which a client may keep and need only ask whether it is still the same.
 *
 * @param mediaType what it is
 * @param bytes the file
 * @param tag changes with the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Handed to a socket, and compared with nothing.
record Document(String mediaType, byte[] bytes, String tag) {
  private static final int TAG_BYTES = 12;

  static Document of(String mediaType, byte[] bytes) {
    String digest = HexFormat.of().formatHex(Digests.sha256(bytes), 0, TAG_BYTES);
    return new Document(mediaType, bytes, '"' + digest + '"');
  }

  /** A file beside this class, or in a folder there. */
  static Document resource(String mediaType, String name) {
    try (InputStream in = Document.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The bundle has no " + name);
      }
      return of(mediaType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
