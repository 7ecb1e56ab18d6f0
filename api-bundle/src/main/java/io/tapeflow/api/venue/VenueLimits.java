package io.tapeflow.api.venue;

/**
 * What a venue permits a client, from its documentation.
 *
 * @param messagesPerSecond messages a client may send on one connection in a second, pongs counted
 * @param streamsPerConnection subscriptions that one connection may hold
 * @param symbolsPerRequest symbols that one subscription frame may name
 * @param tradesPerPage trades that one REST answer may hold
 */
public record VenueLimits(
    int messagesPerSecond, int streamsPerConnection, int symbolsPerRequest, int tradesPerPage) {}
