package io.tapeflow.stream;

import io.tapeflow.tasks.Clock;

/**
 * What all connectors of the process share of one address of a venue.
 *
 * @param host the address
 * @param attempts the connection attempts to it
 * @param rest the REST requests to it
 * @param time the estimate of its clock
 */
record HostBudgets(String host, Budget attempts, RestBudget rest, VenueTime time) {
  static HostBudgets of(String host, Clock clock, KeptPauses pauses) {
    return new HostBudgets(
        host, new Budget(), new RestBudget(host, clock, pauses), new VenueTime());
  }
}
