package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import java.time.Duration;

/**
 * What a tape holds at a moment. Only its last segment may still grow, by trades that leave out no
 * id but those that never were: whatever else happens to the tape makes a new view.
 *
 * @param segments none of them empty
 * @param epoch how often the tape has begun anew
 * @param firstEver the first id that was ever on this tape, -1 before any; 0 if nothing is known of
 *     what was ahead of it
 * @param droppedTo the last id that the tape has dropped, or -1
 * @param amendments how often late trades have been put in
 * @param holes number of holes
 */
@SuppressWarnings("ArrayRecordComponent") // a view is never compared, and its segments are its own
record TapeView(
    Instrument instrument,
    TapeSegment[] segments,
    long epoch,
    long firstEver,
    long droppedTo,
    long amendments,
    int holes) {
  static TapeView empty(Instrument instrument, long epoch) {
    return new TapeView(instrument, new TapeSegment[0], epoch, -1, -1, 0, 0);
  }

  /** This view with other segments. */
  TapeView with(TapeSegment[] changed, long first, long dropped, long newAmendments) {
    int count = 0;
    for (TapeSegment segment : changed) {
      count += segment.holes().size();
    }
    return new TapeView(instrument, changed, epoch, first, dropped, newAmendments, count);
  }

  boolean isEmpty() {
    return segments.length == 0;
  }

  /** The last id, or -1. */
  long lastId() {
    return isEmpty() ? -1 : tail().lastId();
  }

  /** The first id held, or -1. */
  long firstId() {
    return isEmpty() ? -1 : segments[0].firstId();
  }

  long size() {
    long size = 0;
    for (TapeSegment segment : segments) {
      size += segment.count();
    }
    return size;
  }

  long bytes() {
    long bytes = 0;
    for (TapeSegment segment : segments) {
      bytes += (long) segment.capacity() * TapeRow.BYTES;
    }
    return bytes;
  }

  /** Exchange time from the oldest to the newest trade. */
  Duration coverage() {
    long micros = isEmpty() ? 0 : tail().lastTime() - segments[0].firstTime();
    return Duration.ofNanos(Math.max(0, micros) * 1_000);
  }

  /** The index of the segment that has the first trade behind an id, or -1 if there is none. */
  int segmentAfter(long id) {
    int low = 0;
    int high = segments.length;
    // Most look for what is new.
    if (high > 1 && segments[high - 2].lastId() <= id) {
      low = high - 1;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments[middle].lastId() <= id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == segments.length ? -1 : low;
  }

  /** The last id held ahead of one, or -1. */
  long idBefore(long id) {
    int index = segments.length - 1;
    while (index >= 0 && segments[index].firstId() >= id) {
      index--;
    }
    if (index < 0) {
      return -1;
    }
    TapeSegment segment = segments[index];
    int row = segment.indexAfter(id - 1, segment.count()) - 1;
    return segment.rows()[row * TapeRow.LONGS + TapeRow.ID];
  }

  /** Trades behind an id, as far as they lie together in memory; null if there are none. */
  TapeBatch after(long id, int most) {
    int index = segmentAfter(id);
    if (index < 0) {
      return null;
    }
    TapeSegment segment = segments[index];
    int count = segment.count();
    int from = segment.indexAfter(id, count);
    return new TapeBatch(instrument, segment.rows(), from, Math.min(most, count - from));
  }

  /** How many trades are behind an id. */
  long countAfter(long id) {
    int index = segmentAfter(id);
    if (index < 0) {
      return 0;
    }
    int count = segments[index].count();
    long behind = (long) count - segments[index].indexAfter(id, count);
    for (int i = index + 1; i < segments.length; i++) {
      behind += segments[i].count();
    }
    return behind;
  }

  /**
   * The holes that end ahead of the same segment's trades as those that {@link #after} finds. Not
   * to be changed.
   */
  IdRanges holesAfter(long id) {
    int index = segmentAfter(id);
    return index < 0 ? new IdRanges() : segments[index].holes();
  }

  /** Whether an id is missing. */
  boolean isMissing(long id) {
    return holes > 0 && holesAfter(id).contains(id);
  }

  /** All holes of which something is at or behind an id. */
  IdRanges holesFrom(long id) {
    IdRanges all = new IdRanges();
    if (holes > 0) {
      for (int i = Math.max(0, segmentAfter(id)); i < segments.length; i++) {
        IdRanges own = segments[i].holes();
        for (int h = own.indexFrom(id); h < own.size(); h++) {
          all.add(own.first(h), own.last(h));
        }
      }
    }
    return all;
  }

  /** The first hole of which something is at or behind an id, or null. */
  Ids holeFrom(long id) {
    if (holes > 0) {
      for (int i = Math.max(0, segmentAfter(id)); i < segments.length; i++) {
        IdRanges own = segments[i].holes();
        int h = own.indexFrom(id);
        if (h < own.size()) {
          return new Ids(Math.max(id, own.first(h)), own.last(h));
        }
      }
    }
    return null;
  }

  /** The newest trades, in an array of their own. */
  TapeBatch latest(int count) {
    int index = segments.length;
    long behind = 0;
    while (index > 0 && behind < count) {
      behind += segments[--index].count();
    }
    return copy(index, (int) Math.max(0, behind - count), (int) Math.min(behind, count));
  }

  /** Trades from an id on, in an array of their own. */
  TapeBatch from(long id, int most) {
    int index = segmentAfter(id - 1);
    if (index < 0) {
      return copy(0, 0, 0);
    }
    int from = segments[index].indexAfter(id - 1, segments[index].count());
    return copy(index, from, (int) Math.min(most, countAfter(id - 1)));
  }

  /** The trades of a range of ids that some trade follows, in an array of their own. */
  TapeBatch between(long first, long last) {
    return from(first, (int) (countTo(last) - countTo(first - 1)));
  }

  /** How many trades are ahead of the first one behind an id. */
  private long countTo(long id) {
    int index = segmentAfter(id);
    long count = segments[index].indexAfter(id, segments[index].count());
    for (int i = 0; i < index; i++) {
      count += segments[i].count();
    }
    return count;
  }

  /** Copied, so that what is kept does not pin whole segments. */
  private TapeBatch copy(int firstSegment, int from, int size) {
    long[] rows = new long[size * TapeRow.LONGS];
    int index = firstSegment;
    int begin = from;
    int copied = 0;
    while (copied < size) {
      TapeSegment segment = segments[index++];
      int run = Math.min(size - copied, segment.count() - begin);
      System.arraycopy(
          segment.rows(), begin * TapeRow.LONGS, rows, copied * TapeRow.LONGS, run * TapeRow.LONGS);
      copied += run;
      begin = 0;
    }
    return new TapeBatch(instrument, rows, 0, size);
  }

  private TapeSegment tail() {
    return segments[segments.length - 1];
  }
}
