package io.tapeflow.api.stream;

import io.tapeflow.api.trade.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The account of one instrument's trades. Counts are of aggregate trades since the connector was
 * started, and only grow; all but {@code unrepaired}, which shrinks when late trades come.
 *
 * @param instrument which one
 * @param state what is known of it
 * @param reason the state in words; may be empty
 * @param firstId the first id released, or -1 before any
 * @param lastId the last id released, or -1 before any
 * @param received trades read from the stream, before any check
 * @param delivered trades released in order to history and listeners
 * @param duplicates trades dropped because their id had been released or is already held
 * @param rejected trades dropped because they were not valid, such as one of quantity 0
 * @param gaps number of holes in the ids
 * @param repaired trades of holes that were filled before release
 * @param absent ids that the venue says it never gave to a trade; not counted as missing
 * @param amended trades of holes that were filled only after what follows them had been released
 * @param unrepaired ids of holes that are missing now: they could not be filled within the bounds
 *     of the hold, and have not come since
 * @param inherited ids that were missing in the record kept over the last stop: absent, amended and
 *     unrepaired count them, though they are ahead of {@code firstId}
 * @param generation number of the connection that now carries it, from 1; 0 if none does
 * @param renewals how often it was subscribed anew because its stream had gone silent
 * @param lastTradeAt exchange time of the last trade, or null before any
 * @param lastReceivedAt local time at which the last trade was read, or null before any
 * @param coverage exchange time from the oldest to the newest trade in history
 * @param historySize number of trades in history
 * @param historyBytes bytes of trade data in history
 * @param latency how long trades take to get here; {@link FeedLatency#NONE} before any
 */
public record InstrumentStatus(
    Instrument instrument,
    InstrumentState state,
    String reason,
    long firstId,
    long lastId,
    long received,
    long delivered,
    long duplicates,
    long rejected,
    long gaps,
    long repaired,
    long absent,
    long amended,
    long unrepaired,
    long inherited,
    long generation,
    long renewals,
    Instant lastTradeAt,
    Instant lastReceivedAt,
    Duration coverage,
    long historySize,
    long historyBytes,
    FeedLatency latency) {

  /** Checks that only the two times may be null. */
  public InstrumentStatus {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(coverage, "coverage");
    Objects.requireNonNull(latency, "latency");
  }
}
