package io.tapeflow.stream;

/**
 * What all connectors of the process share of one address of a venue.
 *
 * @param host the address
 * @param attempts the connection attempts to its host
 * @param rest the REST requests to it
 * @param time the estimate of its clock
 */
record HostBudgets(String host, Budget attempts, RestBudget rest, VenueTime time) {}
