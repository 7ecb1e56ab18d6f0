package io.tapeflow.metrics.window;

import io.tapeflow.api.metrics.MetricBasis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Running sums of one instrument's trades, and a mark of them for each time at which trades were
 * made. What was traded in a window is the sums now less the mark at its start: a trade costs the
 * same however many windows there are, nothing is ever evicted from a sum, and so nothing drifts.
 *
 * <p>Trades printed out of the order of their times take the time of the one before them.
 */
public final class RunningSums {
  /** Slot of the last trade's id in {@link #state()}; the family's own slots come behind it. */
  public static final int LAST_ID = 0;

  /** Bounds the marks: more than an hour of 250 different times in each second. */
  static final int MAX_MARKS = 1 << 20;

  private static final int LEAST_MARKS = 64;

  private final int length;
  private final long retainMicros;
  private final int maxMarks;
  private final SessionDay day;
  private final long[] anchors;

  private final long[] state;
  private final long[] origin;
  private final long[] sessionMark;
  private final long[][] anchorMarks;
  private boolean begun;
  private long firstTime;
  private long time;
  private long sessionStart;

  // A ring of marks, oldest at head.
  private long[] times = new long[LEAST_MARKS];
  private long[] sums;
  private int head;
  private int size;
  private boolean dropped;

  /**
   * Sums of which windows will be asked for, and nothing else.
   *
   * @param length number of longs in the state, {@link #LAST_ID} included
   * @param retainMicros length of the longest window
   */
  public RunningSums(int length, long retainMicros) {
    this(length, retainMicros, SessionDay.UTC, List.of());
  }

  /**
   * Sums with marks.
   *
   * @param length number of longs in the state, {@link #LAST_ID} included
   * @param retainMicros length of the longest window that will be asked for
   * @param day when sessions begin
   * @param anchors fixed moments since which sums will be asked for
   */
  public RunningSums(int length, long retainMicros, SessionDay day, List<Instant> anchors) {
    this(length, retainMicros, day, anchors, MAX_MARKS);
  }

  RunningSums(int length, long retainMicros, SessionDay day, List<Instant> anchors, int maxMarks) {
    this.length = length;
    this.retainMicros = retainMicros;
    this.maxMarks = maxMarks;
    this.day = day;
    this.anchors =
        anchors.stream().mapToLong(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at)).toArray();
    this.state = new long[length];
    this.origin = new long[length];
    this.sessionMark = new long[length];
    this.anchorMarks = new long[anchors.size()][];
    this.sums = new long[LEAST_MARKS * length];
  }

  /** The running sums. Whoever moved to a trade adds its numbers here. */
  public long[] state() {
    return state;
  }

  /** Whether there has been a trade. */
  public boolean begun() {
    return begun;
  }

  /** Exchange time of the last trade, microseconds; never less than that of one before it. */
  public long time() {
    return time;
  }

  /** Exchange time from which on windows can be told, microseconds. */
  public long reach() {
    return dropped ? times[head] : firstTime;
  }

  /**
   * Goes on to a trade, whose numbers are then to be added to the state.
   *
   * @param id of the trade
   * @param timeMicros its exchange time
   */
  public void moveTo(long id, long timeMicros) {
    if (!begun) {
      begin(id, timeMicros);
    } else if (timeMicros > time) {
      mark();
      time = timeMicros;
      prune();
      // Times ascend; the quotient itself is too slow for every trade.
      if (time >= sessionStart + SessionDay.MICROS) {
        beginSession();
      }
      reachAnchors();
    }
    state[LAST_ID] = id;
  }

  /**
   * What was traded in the {@code micros} up to {@code now}, which is not before the last trade.
   */
  public Span window(long now, long micros) {
    long from = now - micros;
    if (!begun) {
      return nothing(now, "");
    }
    long since = Math.max(from, reach());
    String lack = since > from ? "Covers " + seconds(now - since) + " of " + whole(micros) : "";
    return span(sumsAt(from), since, lack);
  }

  /** What was traded in the session that {@code now} is in. */
  public Span session(long now) {
    long start = day.start(now);
    if (!begun) {
      return nothing(now, "");
    }
    long[] from = start == sessionStart ? sessionMark : state;
    String lack = firstTime < start ? "" : "Covers the session since " + instant(firstTime);
    return span(from.clone(), Math.max(start, firstTime), lack);
  }

  /** What was traded at and after the anchor of this index; empty if that is still to come. */
  public Span since(int anchor, long now) {
    long at = anchors[anchor];
    if (!begun) {
      return nothing(now, "");
    }
    if (now < at) {
      return span(state.clone(), now, "The anchor is still to come");
    }
    long[] mark = anchorMarks[anchor];
    String lack = firstTime < at ? "" : "Covers the time since " + instant(firstTime);
    return span(mark == null ? state.clone() : mark, Math.max(at, firstTime), lack);
  }

  /**
   * The sums of all trades up to a time, that included. Of times before the reach: the sums there.
   */
  public long[] sumsAt(long at) {
    if (at >= time) {
      return state.clone();
    }
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[slot(middle)] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0 && !dropped) {
      return origin.clone();
    }
    long[] mark = new long[length];
    System.arraycopy(sums, slot(Math.max(0, low - 1)) * length, mark, 0, length);
    return mark;
  }

  /** Writes all. */
  public void save(DataOutput out) throws IOException {
    out.writeBoolean(begun);
    out.writeLong(firstTime);
    out.writeLong(time);
    out.writeLong(sessionStart);
    out.writeBoolean(dropped);
    write(out, state, 0, length);
    write(out, origin, 0, length);
    write(out, sessionMark, 0, length);
    for (long[] mark : anchorMarks) {
      out.writeBoolean(mark != null);
      if (mark != null) {
        write(out, mark, 0, length);
      }
    }
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(times[slot(i)]);
      write(out, sums, slot(i) * length, length);
    }
  }

  /** Takes over what sums of the same make wrote. */
  public void restore(DataInput in) throws IOException {
    begun = in.readBoolean();
    firstTime = in.readLong();
    time = in.readLong();
    sessionStart = in.readLong();
    dropped = in.readBoolean();
    read(in, state, 0, length);
    read(in, origin, 0, length);
    read(in, sessionMark, 0, length);
    for (int i = 0; i < anchorMarks.length; i++) {
      anchorMarks[i] = in.readBoolean() ? new long[length] : null;
      if (anchorMarks[i] != null) {
        read(in, anchorMarks[i], 0, length);
      }
    }
    int count = in.readInt();
    if (count < 0 || count > maxMarks) {
      throw new IOException("State holds " + count + " marks, allowed are 0 to " + maxMarks);
    }
    head = 0;
    size = 0;
    while (size < count) {
      if (size == times.length) {
        grow();
      }
      times[size] = in.readLong();
      read(in, sums, size * length, length);
      size++;
    }
  }

  private void begin(long id, long timeMicros) {
    begun = true;
    firstTime = timeMicros;
    time = timeMicros;
    origin[LAST_ID] = id - 1;
    state[LAST_ID] = id - 1;
    beginSession();
    reachAnchors();
  }

  private void beginSession() {
    sessionStart = day.start(time);
    System.arraycopy(state, 0, sessionMark, 0, length);
  }

  private void reachAnchors() {
    for (int i = 0; i < anchors.length; i++) {
      if (anchorMarks[i] == null && time >= anchors[i]) {
        anchorMarks[i] = state.clone();
      }
    }
  }

  /** Time goes on: the sums so far become the mark of the time before. */
  private void mark() {
    if (size == times.length && size < maxMarks) {
      grow();
    }
    if (size == times.length) {
      drop();
    }
    int at = slot(size++);
    times[at] = time;
    System.arraycopy(state, 0, sums, at * length, length);
  }

  /** Keeps the youngest mark that the longest window may begin at, and all behind it. */
  private void prune() {
    long from = time - retainMicros;
    while (size > 1 && times[slot(1)] <= from) {
      drop();
    }
  }

  private void drop() {
    head = slot(1);
    size--;
    dropped = true;
  }

  private void grow() {
    long[] moreTimes = new long[Math.min(maxMarks, times.length * 2)];
    long[] moreSums = new long[moreTimes.length * length];
    for (int i = 0; i < size; i++) {
      moreTimes[i] = times[slot(i)];
      System.arraycopy(sums, slot(i) * length, moreSums, i * length, length);
    }
    times = moreTimes;
    sums = moreSums;
    head = 0;
  }

  private int slot(int index) {
    int at = head + index;
    return at < times.length ? at : at - times.length;
  }

  private Span nothing(long now, String lack) {
    return new Span(state, state, new MetricBasis(-1, now, lack));
  }

  private Span span(long[] from, long since, String lack) {
    return new Span(from, state, new MetricBasis(from[LAST_ID] + 1, since, lack));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** With one decimal, never rounded up to a whole that has not been reached. */
  private static String seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.DOWN).toString();
  }

  private static String whole(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
  }

  private static void write(DataOutput out, long[] from, int at, int count) throws IOException {
    for (int i = at; i < at + count; i++) {
      out.writeLong(from[i]);
    }
  }

  private static void read(DataInput in, long[] to, int at, int count) throws IOException {
    for (int i = at; i < at + count; i++) {
      to[i] = in.readLong();
    }
  }
}
