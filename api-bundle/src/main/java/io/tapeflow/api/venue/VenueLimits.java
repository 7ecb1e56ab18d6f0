package io.tapeflow.api.venue;

import java.time.Duration;

/**
 * What a venue permits a client, from its documentation. The configuration of a stream may set
 * other numbers.
 *
 * @param messagesPerSecond messages a client may send on one connection in a second, pongs counted
 * @param streamsPerConnection subscriptions that one connection may hold
 * @param symbolsPerRequest symbols that one subscription frame may name
 * @param tradesPerPage trades that one REST answer may hold
 * @param connectionAttempts connection attempts within {@code attemptWindow} from one address
 * @param attemptWindow the window of {@code connectionAttempts}
 * @param restWeight weight of the REST requests within {@code restWindow} from one address
 * @param restWindow the window of {@code restWeight}
 * @param connectionLife how long a connection may live before the venue ends it
 */
public record VenueLimits(
    int messagesPerSecond,
    int streamsPerConnection,
    int symbolsPerRequest,
    int tradesPerPage,
    int connectionAttempts,
    Duration attemptWindow,
    int restWeight,
    Duration restWindow,
    Duration connectionLife) {}
