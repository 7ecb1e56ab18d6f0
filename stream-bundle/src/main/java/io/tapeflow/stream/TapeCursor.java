package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.trade.TradeAmendment;
import io.tapeflow.api.trade.TradeGap;

/**
 * A listener's way along one tape: says what is to be told next. What it has said counts as told.
 *
 * <p>One thread asks; any may take the cursor away, and then knows exactly how far it came.
 */
final class TapeCursor {
  private static final long UNSEEN = -1;
  private static final long UNSTUCK = -2;

  private final Tape tape;
  private final IdRanges told;

  /** The last id told; -1 to begin with whatever comes first. */
  private long lastId;

  private long epoch = UNSEEN;
  private long amendments;
  private boolean taken;

  /** The asking thread's: what there was when there was nothing more to tell. */
  private TapeView doneWith;

  private long doneUpTo;

  /** The last id that the listener has taken, or thrown back. */
  private volatile long handedTo;

  /** Where the tape's writer gave up waiting for the listener; of meaning for the writer only. */
  private long stuckAt = UNSTUCK;

  private TapeCursor(Tape tape, long lastId, IdRanges told) {
    this.tape = tape;
    this.lastId = lastId;
    this.told = told;
    TapeView view = tape.view();
    if (!view.isEmpty()) {
      // It may end ahead of this place, if it was kept at an earlier stop: then it comes up to it.
      begin(view, false);
    }
    this.handedTo = this.lastId;
  }

  /** Begins with the oldest trade. */
  static TapeCursor atOldest(Tape tape) {
    return new TapeCursor(tape, -1, new IdRanges());
  }

  /** Begins with the next trade. */
  static TapeCursor atNext(Tape tape) {
    return new TapeCursor(tape, tape.view().lastId(), new IdRanges());
  }

  /** Goes on where another cursor was taken away. */
  static TapeCursor at(Tape tape, Place place) {
    return new TapeCursor(tape, place.lastId(), place.told().copy());
  }

  Tape tape() {
    return tape;
  }

  /** Ends it; nothing is said from now on. Returns where it was, or null if it had not begun. */
  synchronized Place take() {
    taken = true;
    return lastId < 0 ? null : new Place(lastId, told);
  }

  /** The call for what was said last is over. */
  void handed() {
    handedTo = lastId;
  }

  /** The last id that the listener has taken, or thrown back; -1 before any. */
  long handedTo() {
    return handedTo;
  }

  /** Whether the writer has given up waiting for the listener here. */
  boolean isStuckAt(long id) {
    return stuckAt == id;
  }

  /** The writer gives up waiting until the listener has come on. */
  void stuckAt(long id) {
    stuckAt = id;
  }

  /** Trades that the listener has yet to take. */
  long lag() {
    TapeView view = tape.view();
    long dropped = handedTo < 0 ? 0 : Math.max(0, view.droppedTo() - handedTo);
    return view.countAfter(handedTo) + dropped;
  }

  /**
   * Whether there may be something to tell. Cheap, for it is asked of every tape at each look.
   * Called by the thread that asks for what is next.
   */
  @SuppressWarnings("ReferenceEquality") // whatever else happens to a tape makes a new view
  boolean hasNew() {
    TapeView view = tape.view();
    return view != doneWith || view.lastId() != doneUpTo;
  }

  private void doneWith(TapeView view, long upTo) {
    doneWith = view;
    doneUpTo = upTo;
  }

  /** Goes to the end without a word: the listener does not want this instrument now. */
  synchronized void skip() {
    TapeView view = tape.view();
    see(view);
    lastId = view.lastId();
    handedTo = lastId;
    amendments = view.amendments();
    told.clear();
    doneWith(view, lastId);
  }

  /** What is to be told next, or null if there is nothing now. */
  synchronized Notice next(int most) {
    TapeView view = tape.view();
    long upTo = view.lastId();
    if (taken) {
      return null;
    }
    Notice next = view.isEmpty() ? null : next(view, most);
    if (next == null) {
      doneWith(view, upTo);
    }
    return next;
  }

  private Notice next(TapeView view, int most) {
    see(view);
    Notice late = view.amendments() == amendments ? null : late(view);
    return late != null ? late : inTurn(view, most);
  }

  /** Notes whether the tape has begun, or begun anew, since the last look. */
  private void see(TapeView view) {
    if (view.epoch() != epoch && !view.isEmpty()) {
      begin(view, view.firstEver() <= lastId);
    }
  }

  /**
   * Begins with a tape.
   *
   * @param other whether its ids are not those that brought this cursor where it is
   */
  private void begin(TapeView view, boolean other) {
    if (other) {
      lastId = -1;
    }
    if (other || epoch != UNSEEN) {
      told.clear();
    }
    amendments = UNSEEN;
    epoch = view.epoch();
  }

  /** Late trades of ids that were told as missing. */
  private Notice late(TapeView view) {
    told.removeBelow(view.droppedTo());
    for (int i = 0; i < told.size(); i++) {
      Ids part = accounted(view, told.first(i), told.last(i));
      if (part != null) {
        told.remove(part.first(), part.last());
        TapeBatch trades = view.between(part.first(), part.last());
        return new Notice.Late(new TradeAmendment(instrument(), part.first(), part.last(), trades));
      }
    }
    amendments = view.amendments();
    return null;
  }

  /** The first ids of a range that are no longer missing, or null. */
  private static Ids accounted(TapeView view, long first, long last) {
    long from = first;
    Ids hole = view.holeFrom(from);
    while (hole != null && hole.first() == from) {
      from = hole.last() + 1;
      hole = view.holeFrom(from);
    }
    long to = hole == null ? last : Math.min(last, hole.first() - 1);
    return from > last ? null : new Ids(from, to);
  }

  private Notice inTurn(TapeView view, int most) {
    TapeBatch batch = view.after(lastId, most);
    if (batch == null) {
      return null;
    }
    long firstId = batch.id(0);
    if (lastId < 0) {
      lastId = firstId - 1;
      handedTo = lastId;
    }
    if (lastId + 1 < view.firstEver()) {
      return gap(view.firstEver() - 1, TradeGap.Cause.MISSING);
    }
    if (lastId < view.droppedTo()) {
      return gap(view.droppedTo(), TradeGap.Cause.LISTENER_TOO_SLOW);
    }
    IdRanges holes = view.holesAfter(lastId);
    int hole = holes.indexFrom(lastId + 1);
    if (hole < holes.size() && holes.first(hole) < firstId) {
      return missing(view, holes.first(hole), holes.last(hole));
    }
    TapeBatch run = hole < holes.size() ? batch.before(holes.first(hole)) : batch;
    lastId = run.id(run.size() - 1);
    return new Notice.Trades(run);
  }

  private Notice missing(TapeView view, long holeFirst, long holeLast) {
    if (told.isFull()) {
      told.removeBelow(view.droppedTo());
    }
    // What lies between here and the hole was given to no trade.
    lastId = Math.max(lastId, holeFirst - 1);
    told.add(lastId + 1, holeLast);
    return gap(holeLast, TradeGap.Cause.MISSING);
  }

  private Notice gap(long last, TradeGap.Cause cause) {
    TradeGap gap = new TradeGap(instrument(), lastId + 1, last, cause);
    lastId = last;
    return new Notice.Gap(gap);
  }

  private Instrument instrument() {
    return tape.instrument();
  }
}
