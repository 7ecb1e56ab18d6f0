package io.tapeflow.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/** Compares what a request carries with the token, in a time that tells nothing about the token. */
final class Credentials {
  /** Browsers ask for a user and a password; scripts send a bearer token. */
  static final String CHALLENGE = "Basic realm=\"Tapeflow\", charset=\"UTF-8\"";

  private Credentials() {}

  /**
   * Whether a request may be answered.
   *
   * @param header of the name {@code Authorization}; null if there is none
   * @param token that is wanted
   */
  static boolean match(String header, String token) {
    byte[] given = secret(header == null ? "" : header.strip());
    // Both are as long as each other once digested, so that the length is not told either.
    return MessageDigest.isEqual(digest(given), digest(token.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] secret(String header) {
    int space = header.indexOf(' ');
    String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
    String value = header.substring(space + 1).strip();
    return switch (scheme) {
      case "bearer" -> value.getBytes(StandardCharsets.UTF_8);
      case "basic" -> password(value);
      default -> new byte[0];
    };
  }

  /** What stands behind the first colon of a Basic header. */
  private static byte[] password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] digest(byte[] bytes) {
    return Digests.sha256(bytes);
  }
}
