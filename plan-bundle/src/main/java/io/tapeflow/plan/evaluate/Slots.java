package io.tapeflow.plan.evaluate;

import java.util.HashMap;
import java.util.Map;

/** For plans that are looked at every so many seconds: at which trades those are. */
final class Slots {
  /** Stands for the id of a trade that is not known. */
  private static final long UNKNOWN = -2;

  private final Map<Long, Look> last = new HashMap<>();

  /** Goes on to a trade. */
  void go(long id, long timeMicros) {
    last.replaceAll(
        (length, look) ->
            look.id() != -1
                    && Math.floorDiv(timeMicros, length) == Math.floorDiv(look.time(), length)
                ? look
                : new Look(id, timeMicros));
  }

  /**
   * Has stretches of a length told apart.
   *
   * @param lastTimeMicros of the last trade; negative if there has been none
   * @param before what was told apart before
   */
  void add(long lengthMicros, long lastTimeMicros, Slots before) {
    // The stretch that a plan comes into has had its first trade, if there has been any.
    Look begin = new Look(lastTimeMicros < 0 ? -1 : UNKNOWN, lastTimeMicros);
    last.putIfAbsent(lengthMicros, before.last.getOrDefault(lengthMicros, begin));
  }

  /** The trade looked at last. */
  Look look(long lengthMicros) {
    return last.get(lengthMicros);
  }

  /** Whether a trade is looked at. */
  boolean isFirst(long lengthMicros, long id) {
    return last.get(lengthMicros).id() == id;
  }

  /**
   * A trade that was looked at.
   *
   * @param id -1 if there has been none; {@link #UNKNOWN} if it is not known
   */
  record Look(long id, long time) {}
}
