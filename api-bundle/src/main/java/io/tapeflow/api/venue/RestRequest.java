package io.tapeflow.api.venue;

import java.net.URI;
import java.util.Objects;

/**
 * A REST request and what it costs.
 *
 * @param uri the address to GET
 * @param weight what it takes from {@link VenueLimits#restWeight()}
 */
public record RestRequest(URI uri, int weight) {
  /** Checks that the address is not null. */
  public RestRequest {
    Objects.requireNonNull(uri, "uri");
  }
}
