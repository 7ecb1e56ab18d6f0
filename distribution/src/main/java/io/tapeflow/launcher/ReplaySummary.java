package io.tapeflow.launcher;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a replay has come to.
 *
 * @param archives that were played
 * @param values as the follower summed them up
 * @param progress at the end
 * @param nanos from the first trade to the last
 */
record ReplaySummary(
    ArchiveFiles archives, Map<String, Object> values, ReplayProgress progress, long nanos) {

  /** What went wrong, in one line; empty if nothing did. */
  String problem() {
    if (!progress.problem().isEmpty()) {
      return progress.problem() + "; the " + count("trades") + " trades before it were kept";
    }
    if (!text("problem").isEmpty()) {
      return text("problem");
    }
    long lost = number("lost");
    if (lost > 0) {
      return lost + " trades were lost on the way; play more slowly, with --speed";
    }
    if (number("unread") > 0) {
      return count("unread")
          + " trades of the archive could not be read: they do not fit the decimals of those before"
          + " them; with --home, a log is kept that says why";
    }
    if (number("trades") == 0) {
      return progress.printed() == 0
          ? "there is no trade of " + archives.symbol() + " to play"
          : "no trade of "
              + archives.symbol()
              + " has come; with --home, a log is kept that says why";
    }
    return "";
  }

  /** A table. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    archives.paths().forEach(path -> row(lines, "Archive", path.getFileName().toString()));
    row(lines, "Instrument", archives.symbol());
    row(lines, "Trades", count("trades"));
    if (number("trades") == 0) {
      return lines;
    }
    row(lines, "Ids", number("firstId") + " to " + number("lastId"));
    row(lines, "Missing ids", count("missing"));
    row(lines, "No trades", count("none"));
    row(lines, "Time", text("from") + " to " + text("to"));
    row(lines, "Volume", sum("volume.buy.start", "volume.sell.start"));
    row(lines, "  bought, sold", text("volume.buy.start") + ", " + text("volume.sell.start"));
    row(lines, "Value", sum("value.buy.start", "value.sell.start"));
    row(lines, "  bought, sold", text("value.buy.start") + ", " + text("value.sell.start"));
    row(lines, "Delta", text("cvd.start"));
    row(lines, "CVD", text("cvd.start"));
    row(lines, "  max, min", text("cvd.max.start") + ", " + text("cvd.min.start"));
    row(lines, "VWAP", text("vwap.start"));
    row(lines, "Snapshots", count("lines"));
    row(lines, "Speed", speed());
    return lines;
  }

  private String speed() {
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    return String.format(
        Locale.ROOT,
        "%,.0f trades/s, %,.0f times real time",
        number("trades") / seconds,
        number("micros") / 1e6 / seconds);
  }

  private String sum(String one, String other) {
    return new BigDecimal(text(one)).add(new BigDecimal(text(other))).toPlainString();
  }

  private String count(String name) {
    return String.format(Locale.ROOT, "%,d", number(name));
  }

  private long number(String name) {
    return ((Number) values.get(name)).longValue();
  }

  private String text(String name) {
    return String.valueOf(values.get(name));
  }

  private static void row(List<String> lines, String name, String value) {
    lines.add(String.format(Locale.ROOT, "%-16s%s", name, value));
  }
}
