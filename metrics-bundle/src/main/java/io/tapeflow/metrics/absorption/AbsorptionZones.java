package io.tapeflow.metrics.absorption;

import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranges of price at which aggressors were absorbed. A zone fades by its half-life, gains by
 * further findings that touch it on the same side, and ends when a trade prints beyond it: below
 * one that absorbed selling, above one that absorbed buying.
 */
public final class AbsorptionZones {
  /** What is weaker than this share of one finding at the threshold is forgotten. */
  private static final double FAINT = 0.05;

  private final int most;
  private final double halfLifeMicros;
  private final List<Zone> zones = new ArrayList<>();
  private long lowest = Long.MAX_VALUE;
  private long highest = Long.MIN_VALUE;

  /**
   * No zones yet.
   *
   * @param most how many are kept, the newest
   */
  public AbsorptionZones(int most, int halfLifeSeconds) {
    this.most = most;
    this.halfLifeMicros = halfLifeSeconds * 1e6;
  }

  /**
   * A finding.
   *
   * @param buying whether buying was absorbed
   * @param score its strength
   * @param value quote units
   * @param id the first that it rests on
   */
  public void found(
      boolean buying, long low, long high, double score, double value, long id, long time) {
    long zoneLow = low;
    long zoneHigh = high;
    double strength = score;
    double sum = value;
    long firstId = id;
    long since = time;
    for (Zone zone : List.copyOf(zones)) {
      if (zone.buying == buying && zone.low <= zoneHigh && zone.high >= zoneLow) {
        zones.remove(zone);
        zoneLow = Math.min(zoneLow, zone.low);
        zoneHigh = Math.max(zoneHigh, zone.high);
        strength += strength(zone, time);
        sum += zone.value;
        firstId = Math.min(firstId, zone.firstId);
        since = Math.min(since, zone.since);
      }
    }
    zones.add(new Zone(buying, zoneLow, zoneHigh, strength, time, sum, firstId, since));
    while (zones.size() > most) {
      zones.remove(0);
    }
    bounds();
  }

  /** A trade; ends the zones that it is beyond. */
  public void trade(long price, long time) {
    if (price < highest || price > lowest) {
      boolean gone =
          zones.removeIf(
              zone ->
                  (zone.buying ? price > zone.high : price < zone.low)
                      || strength(zone, time) < FAINT);
      if (gone) {
        bounds();
      }
    }
  }

  /** The strength of the strongest zone of a side; 0 if there is none. */
  public double strongest(boolean buying, long now) {
    double strongest = 0;
    for (Zone zone : zones) {
      double strength = strength(zone, now);
      if (zone.buying == buying && strength >= FAINT) {
        strongest = Math.max(strongest, strength);
      }
    }
    return strongest;
  }

  /** The distance from a price to the nearest zone, 0 inside; -1 if there is no zone. */
  long distance(long price, long now) {
    long nearest = -1;
    for (Zone zone : zones) {
      if (strength(zone, now) >= FAINT) {
        long distance = Math.max(0, Math.max(zone.low - price, price - zone.high));
        nearest = nearest < 0 ? distance : Math.min(nearest, distance);
      }
    }
    return nearest;
  }

  /** Newest first. */
  public List<MetricRow> rows(Instrument instrument, long now) {
    List<MetricRow> rows = new ArrayList<>();
    for (int i = zones.size() - 1; i >= 0; i--) {
      Zone zone = zones.get(i);
      double strength = strength(zone, now);
      if (strength >= FAINT) {
        Map<String, Object> fields = new LinkedHashMap<>(zone.fields(instrument));
        fields.put("strength", decimal(strength));
        rows.add(new MetricRow(fields));
      }
    }
    return rows;
  }

  /** Writes what is needed to go on. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(zones.size());
    for (Zone zone : zones) {
      out.writeBoolean(zone.buying);
      out.writeLong(zone.low);
      out.writeLong(zone.high);
      out.writeDouble(zone.strength);
      out.writeLong(zone.time);
      out.writeDouble(zone.value);
      out.writeLong(zone.firstId);
      out.writeLong(zone.since);
    }
  }

  /** Takes over what {@link #save} wrote. */
  public void restore(DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      zones.add(
          new Zone(
              in.readBoolean(),
              in.readLong(),
              in.readLong(),
              in.readDouble(),
              in.readLong(),
              in.readDouble(),
              in.readLong(),
              in.readLong()));
    }
    bounds();
  }

  private double strength(Zone zone, long now) {
    return zone.strength * StrictMath.pow(0.5, Math.max(0, now - zone.time) / halfLifeMicros);
  }

  /** So that most trades need look at no zone: the edges that would be the first to be crossed. */
  private void bounds() {
    lowest = Long.MAX_VALUE;
    highest = Long.MIN_VALUE;
    for (Zone zone : zones) {
      if (zone.buying) {
        lowest = Math.min(lowest, zone.high);
      } else {
        highest = Math.max(highest, zone.low);
      }
    }
  }

  /** Far more digits than it means; any more would cost time at each trade. */
  private static BigDecimal decimal(double strength) {
    return BigDecimal.valueOf(strength).setScale(9, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }

  /** A zone as it was when it was last touched. */
  private static final class Zone {
    private final boolean buying;
    private final long low;
    private final long high;
    private final double strength;
    private final long time;
    private final double value;
    private final long firstId;
    private final long since;

    /** What of its row stays the same; null until it is asked for. */
    private Map<String, Object> fields;

    Zone(
        boolean buying,
        long low,
        long high,
        double strength,
        long time,
        double value,
        long firstId,
        long since) {
      this.buying = buying;
      this.low = low;
      this.high = high;
      this.strength = strength;
      this.time = time;
      this.value = value;
      this.firstId = firstId;
      this.since = since;
    }

    /** Its row, with room for its strength as of some moment. */
    Map<String, Object> fields(Instrument instrument) {
      if (fields == null) {
        fields = new LinkedHashMap<>();
        fields.put("absorbed", buying ? "BUY" : "SELL");
        fields.put("low", instrument.price(low));
        fields.put("high", instrument.price(high));
        fields.put("strength", BigDecimal.ZERO);
        fields.put("value", new BigDecimal(value, MathContext.DECIMAL64).stripTrailingZeros());
        fields.put("since", Clock.instant(since).toString());
        fields.put("until", Clock.instant(time).toString());
      }
      return fields;
    }
  }
}
