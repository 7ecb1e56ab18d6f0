package io.tapeflow.api.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A connection to a venue, at one moment.
 *
 * @param id the PID of its configuration; if that needs several connections, those from the second
 *     on have {@code #2} and so on behind it
 * @param venue the venue's name
 * @param endpoint the address it connects to, or a word on why there is none
 * @param state what it is doing
 * @param since when it entered the state
 * @param phase how far the present attempt has come; null unless connecting
 * @param attempt number of the present attempt since data last flowed, from 1; 0 if none was made
 * @param deadline how long one attempt may take, from name look-up to first trade
 * @param lastError how the last connection or attempt ended; null if none has failed
 * @param nextRetryAt when the next attempt is due; null unless backing off
 * @param connections number of connections that have been live since the start
 * @param openSockets sockets held now; 1 at the most, planned rollover apart
 * @param rolloverAt when the connection is due to be replaced by a new one, ahead of the venue's
 *     limit on its life; null unless live
 * @param attempts outcome counts of attempts since the start
 * @param malformed frames that could not be read since the start
 * @param lastMalformed the last such frame's fault, in words; null if there was none
 * @param clock the venue's clock against ours; null if it has not been measured
 * @param budgets the venue's limits and what is used of them
 * @param instruments the account of each instrument, in the order of the configuration
 * @param timeline the latest changes of state, oldest first
 * @param options the venue's options and their values, those that were not configured included;
 *     empty where the venue has none
 */
public record StreamStatus(
    String id,
    String venue,
    String endpoint,
    StreamState state,
    Instant since,
    ConnectionPhase phase,
    int attempt,
    Duration deadline,
    ConnectionError lastError,
    Instant nextRetryAt,
    long connections,
    int openSockets,
    Instant rolloverAt,
    Attempts attempts,
    long malformed,
    String lastMalformed,
    VenueClock clock,
    List<BudgetStatus> budgets,
    List<InstrumentStatus> instruments,
    List<StateChange> timeline,
    Map<String, String> options) {

  /**
   * What became of connection attempts. Each ends in exactly one way.
   *
   * @param started attempts begun
   * @param connected attempts that saw their first trade
   * @param failed attempts that ended in an error or a timeout
   * @param cancelled attempts ended by a stop or a reconnect by hand
   */
  public record Attempts(long started, long connected, long failed, long cancelled) {
    /**
     * Attempts that have not ended.
     *
     * @return 0, or 1 while connecting; one more while a rollover is under way
     */
    public long open() {
      return started - connected - failed - cancelled;
    }
  }

  /** Checks what may not be null, and takes copies of the lists. */
  public StreamStatus {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(venue, "venue");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(attempts, "attempts");
    budgets = List.copyOf(budgets);
    instruments = List.copyOf(instruments);
    timeline = List.copyOf(timeline);
    options = Map.copyOf(options);
  }

  /**
   * The same with the account of one instrument alone.
   *
   * @param instrument its symbol, or {@code venue:symbol}
   * @return a status without any account if there is none of that instrument; never null
   */
  public StreamStatus of(String instrument) {
    return new StreamStatus(
        id,
        venue,
        endpoint,
        state,
        since,
        phase,
        attempt,
        deadline,
        lastError,
        nextRetryAt,
        connections,
        openSockets,
        rolloverAt,
        attempts,
        malformed,
        lastMalformed,
        clock,
        budgets,
        instruments.stream().filter(it -> it.instrument().isCalled(instrument)).toList(),
        timeline,
        options);
  }
}
