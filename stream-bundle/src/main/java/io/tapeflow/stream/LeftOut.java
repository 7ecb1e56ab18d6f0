package io.tapeflow.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ids that an answer of REST left out although it went on behind them. One answer proves nothing: a
 * database that lags its stream may show a row ahead of an older one. What a later answer leaves
 * out as well was never there, if it has trades on both sides. If it has none ahead, it may not be
 * the answer to what was asked; then it must begin with the same trade again, some time later. Its
 * owner locks.
 */
final class LeftOut {
  private static final long CONFIRM_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long CONFIRM_BEGIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What is not asked for again has come in another way. */
  private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final List<Noted> noted = new ArrayList<>();

  private record Noted(long first, long last, long begin, long atNanos) {}

  /**
   * An answer leaves ids out.
   *
   * @param begin the first id that it has
   * @return those of them of which it is certain now
   */
  IdRanges note(long first, long last, long begin, long now) {
    noted.removeIf(entry -> now - entry.atNanos >= FORGET_NANOS);
    IdRanges certain = new IdRanges();
    IdRanges news = new IdRanges();
    news.add(first, last);
    for (Noted entry : noted) {
      long from = Math.max(first, entry.first);
      long to = Math.min(last, entry.last);
      if (from <= to) {
        news.remove(from, to);
        long age = now - entry.atNanos;
        boolean between = begin < first && age >= CONFIRM_NANOS;
        if (between || (entry.begin == begin && age >= CONFIRM_BEGIN_NANOS)) {
          certain.add(from, to);
        }
      }
    }
    noted.removeIf(entry -> certain.covers(entry.first, entry.last));
    for (int i = 0; i < news.size(); i++) {
      noted.add(new Noted(news.first(i), news.last(i), begin, now));
    }
    return certain;
  }

  void clear() {
    noted.clear();
  }
}
