package io.tapeflow.metrics.family;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Several calculators as one, such as the same one for several kinds of bars. */
public final class Combined implements MetricCalculator {
  private final MetricCalculator[] parts;
  private final List<MetricInfo> infos;

  /** Of the metrics of each part. */
  private final String[][] names;

  /** One of its parts, in the order in which their metrics are shown. */
  public Combined(List<? extends MetricCalculator> parts) {
    this.parts = parts.toArray(MetricCalculator[]::new);
    infos = parts.stream().flatMap(part -> part.metrics().stream()).toList();
    names =
        parts.stream()
            .map(part -> part.metrics().stream().map(MetricInfo::name).toArray(String[]::new))
            .toArray(String[][]::new);
  }

  @Override
  public List<MetricInfo> metrics() {
    return infos;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    for (MetricCalculator part : parts) {
      part.trade(id, timeMicros, price, quantity, buy, fills);
    }
  }

  @Override
  public void gap(long firstId, long lastId) {
    for (MetricCalculator part : parts) {
      part.gap(firstId, lastId);
    }
  }

  @Override
  public void read(MetricReadout out) {
    for (int i = 0; i < parts.length; i++) {
      if (isWanted(names[i], out)) {
        parts[i].read(out);
      }
    }
  }

  @Override
  public void replaces(MetricCalculator earlier) {
    if (earlier instanceof Combined other && other.parts.length == parts.length) {
      for (int i = 0; i < parts.length; i++) {
        parts[i].replaces(other.parts[i]);
      }
    }
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeInt(parts.length);
    for (MetricCalculator part : parts) {
      if (!part.save(out)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    int saved = in.readInt();
    if (saved != parts.length) {
      throw new IOException("The state is of " + saved + " calculators, not " + parts.length);
    }
    for (MetricCalculator part : parts) {
      part.restore(in);
    }
  }

  private static boolean isWanted(String[] names, MetricReadout out) {
    for (String name : names) {
      if (out.wants(name)) {
        return true;
      }
    }
    return false;
  }
}
