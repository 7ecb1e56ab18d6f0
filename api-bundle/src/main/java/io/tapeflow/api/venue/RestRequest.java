package io.tapeflow.api.venue;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * A REST request and what it costs.
 *
 * @param uri the address to GET
 * @param weight what it takes from {@link VenueLimits#restWeight()}
 * @param headers to be sent with it, beside those that every request has; may be empty
 */
public record RestRequest(URI uri, int weight, Map<String, String> headers) {
  /** Checks that nothing is null, and takes a copy. */
  public RestRequest {
    Objects.requireNonNull(uri, "uri");
    headers = Map.copyOf(headers);
  }

  /**
   * A request without headers of its own.
   *
   * @param uri as in the record
   * @param weight as in the record
   */
  public RestRequest(URI uri, int weight) {
    this(uri, weight, Map.of());
  }
}
