package io.tapeflow.metrics;

import io.tapeflow.api.metrics.FlowMoments;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.Side;
import io.tapeflow.api.trade.TradeBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The metrics that one spectator wants, as they are at each of some trades. Filled while it is the
 * writer's turn, by the rows that calculators give; put into words only for who asks.
 */
final class Recording implements FlowMoments {
  private final Spectators.Seat seat;
  private final Instrument instrument;
  private final int width;
  private final MetricInfo[] infos;
  private final IdRanges[] holes;
  private final long[] ids;
  private final long[] covered;
  private final long[] times;
  private final Readout.Raw[] raws;
  private final int[] trades;

  /** What a family without a calculator says, at each moment; null where it has one. */
  private final FamilyReading[] out;

  private final Map<Scope, List<Column<Metric>>> core = new LinkedHashMap<>();
  private final Map<FamilySlot, List<Column<String>>> families = new LinkedHashMap<>();
  private final Map<FamilySlot, Set<String>> wanted = new LinkedHashMap<>();
  private Run run;
  private TradeBatch batch;
  private IdRanges gaps;
  private Continuity continuity;
  private int size;

  /**
   * Room for the metrics at some trades.
   *
   * @param trades how many at the most
   */
  Recording(Spectators.Seat seat, Instrument instrument, int trades) {
    this.seat = seat;
    this.instrument = instrument;
    this.width = seat.wanted().size();
    this.infos = new MetricInfo[width];
    this.holes = new IdRanges[width];
    this.ids = new long[trades];
    this.covered = new long[trades];
    this.times = new long[trades];
    this.trades = new int[trades];
    this.raws = new Readout.Raw[trades * width];
    this.out = new FamilyReading[width];
    Arrays.fill(holes, IdRanges.NONE);
  }

  /** In turn: finds out who computes what is wanted. */
  void begin(Run now) {
    run = now;
    for (int i = 0; i < width; i++) {
      String name = seat.wanted().get(i);
      FlowMetrics.Located located = seat.core().located(name);
      if (located != null) {
        infos[i] = located.metric().info();
        core.computeIfAbsent(located.scope(), key -> new ArrayList<>())
            .add(new Column<>(i, located.metric()));
      } else {
        findFamily(i, name);
      }
    }
  }

  private void findFamily(int column, String name) {
    for (FamilySlot slot : run.slots()) {
      MetricInfo info = slot.infos().get(name);
      if (info != null) {
        infos[column] = info;
        families.computeIfAbsent(slot, key -> new ArrayList<>()).add(new Column<>(column, name));
        wanted.computeIfAbsent(slot, key -> new LinkedHashSet<>()).add(name);
        return;
      }
    }
  }

  /** In turn: notes the metrics behind a trade that has just been taken in. */
  void add(TradeBatch from, int trade) {
    FlowTape tape = run.tape();
    if (tape.isWaiting()) {
      return;
    }
    batch = from;
    FlowReading reading = tape.present();
    long now = reading.lastTime();
    int row = size * width;
    core.forEach(
        (scope, columns) -> {
          Stretch stretch = scope.of(reading, now);
          for (Column<Metric> column : columns) {
            raws[row + column.index()] = column.what().of(stretch);
          }
        });
    families.forEach(
        (slot, columns) -> {
          FamilyReading read = slot.read(now, wanted.get(slot));
          for (Column<String> column : columns) {
            raws[row + column.index()] =
                read.readout() == null ? null : read.readout().of(column.what());
            out[column.index()] = read.readout() == null ? read : null;
            holes[column.index()] = read.holes();
          }
        });
    ids[size] = reading.lastId();
    covered[size] = reading.coveredId();
    times[size] = now;
    trades[size] = trade;
    size++;
  }

  /** In turn: no more is added. */
  void end(Continuity known) {
    continuity = known;
    gaps = known.gaps();
    run = null;
  }

  /** Shows what has been noted to whom it was noted for. */
  void show() {
    if (size > 0) {
      seat.show(this);
    }
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  @Override
  public List<String> metrics() {
    return seat.wanted();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long id(int moment) {
    return ids[at(moment)];
  }

  @Override
  public long timeMicros(int moment) {
    return times[at(moment)];
  }

  @Override
  public long receivedMicros(int moment) {
    return batch.receivedMicros(trades[at(moment)]);
  }

  @Override
  public long price(int moment) {
    return batch.price(trades[at(moment)]);
  }

  @Override
  public Side aggressor(int moment) {
    return batch.aggressor(trades[at(moment)]);
  }

  @Override
  public boolean repaired(int moment) {
    return batch.repaired(trades[at(moment)]);
  }

  @Override
  public Object usable(int moment, int metric) {
    Readout.Raw raw = raw(moment, metric);
    if (raw == null || !raw.absence().isEmpty() || !raw.basis().lack().isEmpty()) {
      return null;
    }
    long first = raw.basis().firstId();
    boolean complete =
        first >= 0
            && (gaps.isEmpty() || gaps.within(first, covered[moment]).isEmpty())
            && (holes[metric].isEmpty() || holes[metric].within(first, covered[moment]).isEmpty());
    return complete ? raw.value() : null;
  }

  @Override
  public MetricValue value(int moment, int metric) {
    Readout.Raw raw = raw(moment, metric);
    Envelope envelope = new Envelope(times[moment], ids[moment], covered[moment], continuity, "");
    MetricInfo info = infos[metric];
    if (info == null) {
      String name = seat.wanted().get(metric);
      return MetricValue.none(
          name, MetricStatus.NO_DATA, "There is no metric " + name, envelope.asOf());
    }
    if (raw != null) {
      return envelope.value(info, raw, holes[metric]);
    }
    FamilyReading failed = out[metric];
    return failed == null
        ? envelope.none(info, MetricStatus.NO_DATA, "Its calculator gives no value")
        : envelope.none(info, failed.status(), failed.reason());
  }

  private Readout.Raw raw(int moment, int metric) {
    return raws[at(moment) * width + Objects.checkIndex(metric, width)];
  }

  private int at(int moment) {
    return Objects.checkIndex(moment, size);
  }

  /**
   * One of the wanted metrics.
   *
   * @param index its place among them
   * @param what where to find it
   */
  private record Column<T>(int index, T what) {}
}
