package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeHistory;
import java.util.Optional;
import java.util.function.Function;

/**
 * The computation of one instrument that counts at present, and whose {@link Turn} it is to touch
 * it. Only {@link #run} may be called without a turn, by readers of its tape.
 */
final class Present {
  private final Instrument instrument;
  private final Function<Instrument, Optional<TradeHistory>> histories;
  private final Turn turn = new Turn();
  private volatile Run run;
  private long version;
  private boolean closed;

  Present(Instrument instrument, Function<Instrument, Optional<TradeHistory>> histories) {
    this.instrument = instrument;
    this.histories = histories;
    run = new Run(new FlowTape(instrument), Continuity.UNBROKEN);
  }

  Instrument instrument() {
    return instrument;
  }

  Optional<TradeHistory> history() {
    return histories.apply(instrument);
  }

  Turn turn() {
    return turn;
  }

  Run run() {
    return run;
  }

  /** Another run takes the place of the one that counted. */
  void replace(Run next) {
    run = next;
    changed();
  }

  /** What was read of the run before is out of date. */
  void changed() {
    version++;
    turn.tell();
  }

  /** Differs from what it was if anything has changed. */
  long version() {
    return version;
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes no more trades. */
  void close() {
    closed = true;
    turn.tell();
  }
}
