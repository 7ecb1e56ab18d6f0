package io.tapeflow.api.trade;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives trades. Register an implementation as a service to be called; unregister it to stop.
 *
 * <p>Calls come from a thread of the stream connector's that serves this listener alone: always the
 * same one, so no two calls overlap. Trades of one instrument come in the order of their ids and
 * each once; {@link #onGap} says in line what is missing. A listener may block: it then falls
 * behind alone, and if history no longer holds what it has yet to see, it is told by a gap of cause
 * {@link TradeGap.Cause#LISTENER_TOO_SLOW}. What it throws is caught, counted and shown in the
 * stream's status; the next call then tells it the range by a gap of cause {@link
 * TradeGap.Cause#LISTENER_FAILED}, which it may read again from {@link TradeHistory}, also from
 * within that call.
 *
 * <p>A registration that outlives the stream connector, as when {@code stream-bundle} is updated or
 * its configuration changed, goes on behind the last id that it was told, with or without {@link
 * #FROM_HISTORY}: nothing is repeated, what was missed meanwhile is fetched, and what cannot be
 * fetched is told as a gap. That holds for a registration and its object together: another object,
 * and any listener after a restart of the framework, begins as its properties say.
 *
 * <p>After the service has been unregistered, one call that is already under way may still finish;
 * none begins.
 */
@ConsumerType
public interface TradeListener {
  /**
   * Service property, {@code String+}: the instruments wanted, each as {@code symbol} or {@code
   * venue:symbol}, or {@code *} for all. Without it: all.
   */
  String INSTRUMENTS = "tapeflow.instruments";

  /**
   * Service property, {@code Boolean}: true to begin with the oldest trade that history holds and
   * go on into the live ones with no hole and no repeat. Without it or false: begin with the next
   * trade.
   */
  String FROM_HISTORY = "tapeflow.from.history";

  /**
   * Service property, {@code String}: the name under which status and logs show this listener.
   * Without it: the class name.
   */
  String NAME = "tapeflow.listener.name";

  /**
   * Service property, {@code Integer} from 0 to 60000: how many milliseconds later than they come
   * trades may be told. Without it or 0: at once. A listener that is in no hurry is not woken for
   * every trade, which costs far more than most of what listeners do.
   */
  String DELAY_MILLIS = "tapeflow.listener.delay.ms";

  /**
   * Service property, {@code Boolean}: true if the connection may be read no faster than this
   * listener takes what history can hold. Without it or false, what it has not taken when history
   * is full is lost to it. Waiting slows the feed down for all, so it is for what all rest on, such
   * as metrics; a listener that takes nothing for half a second is not waited for.
   */
  String LOSSLESS = "tapeflow.listener.lossless";

  /**
   * Trades, oldest first, all of one instrument. None is missing between them, nor since the last
   * call but what {@link #onGap} has told.
   *
   * @param trades never null and never empty
   */
  void onTrades(TradeBatch trades);

  /**
   * Ids that this listener will not get in their place. Those that are {@link
   * TradeGap.Cause#MISSING} may still come, by {@link #onAmendment}; those of the other causes can
   * be read from {@link TradeHistory} for as long as it holds them.
   *
   * @param gap what is missing and why; never null
   */
  default void onGap(TradeGap gap) {}

  /**
   * Ids of a gap of cause {@link TradeGap.Cause#MISSING}, told before, have been fetched after all.
   * A gap may be closed by several amendments, and amendments may come in any order of ids. A
   * listener that was still before the gap when it was closed is told neither: it gets the trades
   * in their place.
   *
   * @param amendment the late trades; never null
   */
  default void onAmendment(TradeAmendment amendment) {}
}
