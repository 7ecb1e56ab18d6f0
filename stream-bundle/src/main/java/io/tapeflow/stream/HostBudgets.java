package io.tapeflow.stream;

/**
 * What all connectors of the process share of one address of a venue.
 *
 * @param host its host, at any port
 * @param attempts the connection attempts to the host
 * @param pause whether it wants no connection attempts for a time
 * @param rest the REST requests to it
 * @param time the estimate of its clock
 */
record HostBudgets(String host, Budget attempts, Pause pause, RestBudget rest, VenueTime time) {}
