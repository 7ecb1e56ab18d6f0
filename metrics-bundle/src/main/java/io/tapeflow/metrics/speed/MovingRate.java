package io.tapeflow.metrics.speed;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Trades per second as an exponentially weighted moving average: each trade adds {@code 1 / tau},
 * and all decays by {@code e^(-t / tau)}. It decays between trades as well, so that a silent feed
 * does not show the rate it fell silent at.
 */
final class MovingRate {
  private final double tauMicros;
  private double rate;
  private long timeMicros;

  /** A rate of nothing. */
  MovingRate(int tauSeconds) {
    tauMicros = tauSeconds * 1e6;
  }

  /** A trade; times do not descend. */
  void trade(long at) {
    if (at != timeMicros) {
      rate = at(at);
      timeMicros = at;
    }
    rate += 1e6 / tauMicros;
  }

  /** Trades per second at a time that is not before the last trade. */
  double at(long now) {
    return rate == 0 ? 0 : rate * Math.exp((timeMicros - now) / tauMicros);
  }

  void save(DataOutput out) throws IOException {
    out.writeDouble(rate);
    out.writeLong(timeMicros);
  }

  void restore(DataInput in) throws IOException {
    rate = in.readDouble();
    timeMicros = in.readLong();
  }
}
