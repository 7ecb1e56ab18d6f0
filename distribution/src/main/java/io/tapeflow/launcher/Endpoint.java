package io.tapeflow.launcher;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address of a venue: scheme, host and port, and nothing else. */
record Endpoint(URI uri) {
  @Override
  public String toString() {
    return uri.toString();
  }

  private static Endpoint read(String value, List<String> schemes) {
    String expected =
        "expected " + String.join(":// or ", schemes) + ":// with a host, and a port if need be";
    URI uri;
    try {
      uri = new URI(value);
    } catch (URISyntaxException e) {
      throw new TypeConversionException("'" + value + "' is not an address: " + expected);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme) || uri.getHost() == null) {
      throw new TypeConversionException("'" + value + "' is not such an address: " + expected);
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new TypeConversionException("'" + value + "' has a port that is not in 1..65535");
    }
    boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
    if (!bare || uri.getQuery() != null || uri.getFragment() != null || uri.getUserInfo() != null) {
      throw new TypeConversionException(
          "'" + value + "' has more than scheme, host and port: the venue's paths are added to it");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new Endpoint(URI.create(scheme + "://" + uri.getHost() + port));
  }

  /** Reads a WebSocket address. */
  static final class WebSocketReader implements ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String value) {
      return read(value, List.of("ws", "wss"));
    }
  }

  /** Reads the address of a REST interface. */
  static final class RestReader implements ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String value) {
      return read(value, List.of("http", "https"));
    }
  }
}
