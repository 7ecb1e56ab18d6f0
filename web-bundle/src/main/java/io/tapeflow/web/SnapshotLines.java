package io.tapeflow.web;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricSnapshot;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A file of snapshots, one a line. */
interface SnapshotLines extends Closeable {
  /** No file. */
  SnapshotLines NONE =
      new SnapshotLines() {
        @Override
        public boolean write(String name, MetricSnapshot snapshot, List<MetricInfo> infos) {
          return false;
        }

        @Override
        public void close() {
          // There is nothing to close.
        }
      };

  /**
   * Adds a line.
   *
   * @param name under which the instrument is shown
   * @param infos what its metrics are
   * @return whether it was written
   */
  boolean write(String name, MetricSnapshot snapshot, List<MetricInfo> infos) throws IOException;

  /** A new file: of CSV if its name ends so, otherwise of JSON as HTTP gives it. */
  static SnapshotLines of(Path path) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(path));
    boolean csv = path.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    return csv ? new CsvLines(out) : new JsonLines(out);
  }

  /** In the shape of the HTTP answer. */
  record JsonLines(OutputStream out) implements SnapshotLines {
    @Override
    public boolean write(String name, MetricSnapshot snapshot, List<MetricInfo> infos)
        throws IOException {
      out.write(Json.bytes(MetricsView.of(snapshot, infos, name)));
      out.write('\n');
      return true;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /**
   * A column for each number or word, one for its status and one that says whether it is complete;
   * tables are left out. The columns are those of the first snapshot.
   */
  final class CsvLines implements SnapshotLines {
    private static final String TABLE = "rows";

    private final OutputStream out;
    private List<String> columns = List.of();

    CsvLines(OutputStream out) {
      this.out = out;
    }

    @Override
    public boolean write(String instrument, MetricSnapshot snapshot, List<MetricInfo> infos)
        throws IOException {
      if (columns.isEmpty()) {
        // A table that has no rows yet has no value either, so it is known by its unit.
        Set<String> tables =
            infos.stream()
                .filter(info -> info.unit().equals(TABLE))
                .map(MetricInfo::name)
                .collect(Collectors.toSet());
        columns =
            snapshot.metrics().keySet().stream().filter(name -> !tables.contains(name)).toList();
        StringBuilder head = new StringBuilder("instrument,asOf,lastTradeId,status");
        columns.forEach(it -> head.append(",%1$s,%1$s.status,%1$s.complete".formatted(it)));
        line(head.toString());
      }
      StringBuilder line = new StringBuilder(instrument);
      line.append(',').append(Json.time(snapshot.asOf()));
      line.append(',').append(snapshot.lastTradeId());
      line.append(',').append(snapshot.status());
      for (String column : columns) {
        var value = snapshot.metric(column);
        boolean shown = value.value() != null && !(value.value() instanceof List);
        line.append(',').append(shown ? quoted(text(value.value())) : "");
        line.append(',').append(value.status()).append(',').append(value.complete());
      }
      line(line.toString());
      return true;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    private void line(String text) throws IOException {
      out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Object value) {
      return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String quoted(String text) {
      boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0;
      return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
  }
}
