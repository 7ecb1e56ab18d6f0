package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.trade.Instrument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one family among the metrics of an instrument, with its calculator. A calculator
 * that throws is taken out; its metrics stay, without values, and say why.
 *
 * <p>It is touched by one thread at a time: its instrument's {@link Turn} sees to that.
 */
final class FamilySlot implements TradeConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(FamilySlot.class);

  private final String family;
  private final MetricFactory factory;
  private final Instrument instrument;
  private Map<String, MetricInfo> infos = Map.of();
  private MetricCalculator calculator;
  private MetricCalculator earlier;
  private MetricStatus status = MetricStatus.WARMING_UP;
  private String reason = "Being built from history";
  private boolean begun;
  private long coveredId = -1;
  private IdRanges holes = IdRanges.NONE;

  FamilySlot(String family, MetricFactory factory, Instrument instrument) {
    this.family = family;
    this.factory = factory;
    this.instrument = instrument;
  }

  String family() {
    return family;
  }

  MetricFactory factory() {
    return factory;
  }

  /** What it announces, by name; empty as long as it has not been created. */
  Map<String, MetricInfo> infos() {
    return infos;
  }

  /** Whether its calculator takes trades. */
  boolean isLive() {
    return calculator != null;
  }

  /** Whether it waits to be built. */
  boolean isPending() {
    return calculator == null && status == MetricStatus.WARMING_UP;
  }

  /** Whether it has been taken out, and why is its {@link #reason}. */
  boolean hasFailed() {
    return calculator == null && status == MetricStatus.NO_DATA;
  }

  String reason() {
    return reason;
  }

  boolean hasBegun() {
    return begun;
  }

  long coveredId() {
    return coveredId;
  }

  /** Makes the calculator. */
  FamilySlot create() {
    try {
      MetricCalculator made = factory.create(instrument);
      Map<String, MetricInfo> announced = new LinkedHashMap<>();
      for (MetricInfo info : made.metrics()) {
        if (announced.put(info.name(), info) != null) {
          throw new IllegalArgumentException("It announces " + info.name() + " twice");
        }
      }
      infos = Collections.unmodifiableMap(announced);
      calculator = made;
    } catch (Throwable t) {
      fail(t);
    }
    return this;
  }

  /** A new slot of the same family, without a calculator, to take the place of this one. */
  FamilySlot anew() {
    FamilySlot other = new FamilySlot(family, factory, instrument);
    other.infos = infos;
    other.earlier = calculator == null ? earlier : calculator;
    return other;
  }

  @Override
  public void trade(long id, long time, long price, long quantity, boolean buy, int fills) {
    if (calculator == null || (begun && id <= coveredId)) {
      return;
    }
    begun = true;
    coveredId = id;
    try {
      takePlaceOfEarlier();
      calculator.trade(id, time, price, quantity, buy, fills);
    } catch (Throwable t) {
      fail(t);
    }
  }

  @Override
  public void block(long id) {
    if (begun) {
      coveredId = Math.max(coveredId, id);
    }
  }

  @Override
  public void gap(long firstId, long lastId) {
    if (calculator == null || !begun || lastId <= coveredId) {
      return;
    }
    long first = Math.max(firstId, coveredId + 1);
    coveredId = lastId;
    try {
      takePlaceOfEarlier();
      calculator.gap(first, lastId);
    } catch (Throwable t) {
      fail(t);
    }
  }

  /** Ids are missing to this family alone. */
  void hole(long firstId, long lastId) {
    gap(firstId, lastId);
    holes = holes.plus(firstId, lastId);
  }

  /** Its values now. */
  FamilyReading read(long nowMicros) {
    return read(nowMicros, infos.keySet());
  }

  /** Some of its values now. */
  FamilyReading read(long nowMicros, Set<String> wanted) {
    Readout readout = null;
    if (calculator != null) {
      readout = new Readout(nowMicros, infos, wanted);
      try {
        calculator.read(readout);
      } catch (Throwable t) {
        fail(t);
        readout = null;
      }
    }
    return new FamilyReading(infos, readout, status, reason, holes);
  }

  /** Its state, to be taken over by another slot; null if it has none. */
  FamilyState save() {
    if (calculator == null || !begun) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      return calculator.save(out)
          ? new FamilyState(fingerprint(), coveredId, holes, bytes.toByteArray())
          : null;
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("{} of {} cannot save its state: {}", family, instrument.key(), e.toString());
      return null;
    }
  }

  /**
   * Takes over a state, if it is one of the same metrics with the same parameters.
   *
   * @return false if it cannot; the calculator is then a new one
   */
  boolean restore(FamilyState state) {
    if (calculator == null || state.fingerprint() != fingerprint()) {
      return false;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
      calculator.restore(in);
      begun = true;
      coveredId = state.coveredId();
      holes = state.holes();
      return true;
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.info(
          "{} of {} does not take over its former state ({})",
          family,
          instrument.key(),
          e.toString());
      create();
      return false;
    }
  }

  /** Before the first trade: lets the calculator compare with what has been said before. */
  private void takePlaceOfEarlier() {
    if (earlier != null) {
      calculator.replaces(earlier);
      earlier = null;
    }
  }

  /** Of the family's code and of what it says of its metrics, which names their parameters. */
  private long fingerprint() {
    CRC32C crc = new CRC32C();
    crc.update(factory.getClass().getName().getBytes(StandardCharsets.UTF_8));
    crc.update(infos.values().toString().getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private void fail(Throwable t) {
    calculator = null;
    status = MetricStatus.NO_DATA;
    reason = "Its calculator has failed: " + t;
    LOG.warn(
        "{} of {} is taken out until it is registered anew: its calculator threw",
        family,
        instrument.key(),
        t);
  }
}
