package io.tapeflow.metrics;

import io.tapeflow.api.metrics.IdRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of trade ids, as ranges in their order. Immutable. If there are too many ranges, the two
 * oldest are taken as one, with what lies between them: the set may then say too much of ids long
 * past, but never too little.
 */
final class IdRanges {
  static final int MAX = 1_024;
  static final IdRanges NONE = new IdRanges(List.of());

  private final List<IdRange> ranges;

  private IdRanges(List<IdRange> ranges) {
    this.ranges = ranges;
  }

  /** The set of all ids in some ranges, which may overlap. */
  static IdRanges of(List<IdRange> some) {
    List<IdRange> sorted = new ArrayList<>(some);
    sorted.sort(Comparator.comparingLong(IdRange::firstId));
    List<IdRange> joined = new ArrayList<>();
    for (IdRange range : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && range.firstId() <= joined.get(last).lastId() + 1) {
        joined.set(last, hull(joined.get(last), range));
      } else {
        joined.add(range);
      }
    }
    while (joined.size() > MAX) {
      joined.set(1, hull(joined.get(0), joined.get(1)));
      joined.remove(0);
    }
    return joined.isEmpty() ? NONE : new IdRanges(List.copyOf(joined));
  }

  List<IdRange> list() {
    return ranges;
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  IdRanges plus(long firstId, long lastId) {
    List<IdRange> more = new ArrayList<>(ranges);
    more.add(new IdRange(firstId, lastId));
    return of(more);
  }

  IdRanges plus(IdRanges others) {
    if (others.isEmpty()) {
      return this;
    }
    List<IdRange> more = new ArrayList<>(ranges);
    more.addAll(others.ranges);
    return of(more);
  }

  IdRanges minus(long firstId, long lastId) {
    if (within(firstId, lastId).isEmpty()) {
      return this;
    }
    List<IdRange> rest = new ArrayList<>();
    for (IdRange range : ranges) {
      if (range.firstId() < firstId) {
        rest.add(new IdRange(range.firstId(), Math.min(range.lastId(), firstId - 1)));
      }
      if (range.lastId() > lastId) {
        rest.add(new IdRange(Math.max(range.firstId(), lastId + 1), range.lastId()));
      }
    }
    return of(rest);
  }

  /** Those of the ids that are in a range, which may be empty. */
  List<IdRange> within(long firstId, long lastId) {
    List<IdRange> inside = List.of();
    // From the newest, because most ask for what happened lately.
    for (int i = ranges.size() - 1; i >= 0 && ranges.get(i).lastId() >= firstId; i--) {
      long first = Math.max(firstId, ranges.get(i).firstId());
      long last = Math.min(lastId, ranges.get(i).lastId());
      if (first <= last) {
        inside = inside.isEmpty() ? new ArrayList<>() : inside;
        inside.add(0, new IdRange(first, last));
      }
    }
    return inside;
  }

  /** How many of the ids are in a range, which may be empty. */
  long count(long firstId, long lastId) {
    long count = 0;
    for (IdRange range : within(firstId, lastId)) {
      count += range.count();
    }
    return count;
  }

  private static IdRange hull(IdRange one, IdRange other) {
    return new IdRange(
        Math.min(one.firstId(), other.firstId()), Math.max(one.lastId(), other.lastId()));
  }
}
