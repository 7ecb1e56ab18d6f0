package io.tapeflow.stream;

import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.FrameDecoder;
import io.tapeflow.api.venue.FrameSink;
import io.tapeflow.tasks.Clock;
import java.util.function.BooleanSupplier;

/**
 * The way in of one connection: bytes to the decoder, its trades to their feeds, the rest to the
 * connector. Runs on the I/O thread; keeps the time of the last data for the watchdog.
 */
final class Inbound implements FrameReader.Messages, FrameSink {
  private final FrameDecoder decoder;
  private final Subscriptions subscriptions;
  private final Clock clock;
  private final WallTime wallTime;
  private final VenueTime venueTime;
  private final Events events;
  private final BooleanSupplier open;

  private volatile long lastDataNanos;
  private volatile boolean hasData;
  private boolean released;
  private long receivedMicros;
  private long receivedNanos;

  /** When the frame came, by the venue's clock; of meaning only if that is known. */
  private long venueMicros;

  private boolean venueTimeKnown;
  private Instrument lastInstrument;
  private Subscription lastSubscription;

  Inbound(
      FrameDecoder decoder,
      Subscriptions subscriptions,
      Clock clock,
      VenueTime venueTime,
      Events events,
      BooleanSupplier open) {
    this.decoder = decoder;
    this.subscriptions = subscriptions;
    this.clock = clock;
    this.wallTime = new WallTime(clock);
    this.venueTime = venueTime;
    this.events = events;
    this.open = open;
    this.lastDataNanos = clock.nanos();
  }

  /** What the connector must know of; none of it happens per trade but {@link #released}. */
  interface Events {
    void firstTrade();

    /** Trades were released to a tape. */
    void released();

    void acknowledged(long requestId);

    void refused(long requestId, String reason);

    void goingAway(String notice);

    void malformed(String reason);

    void closed(int code, String reason);

    void failed(Throwable cause);
  }

  /** When trades last came; when it was made, if none have. */
  long lastDataNanos() {
    return lastDataNanos;
  }

  boolean hasData() {
    return hasData;
  }

  @Override
  public void text(byte[] buffer, int length) {
    if (!open.getAsBoolean()) {
      return;
    }
    receivedNanos = clock.nanos();
    receivedMicros = wallTime.at(receivedNanos);
    VenueClock estimate = venueTime.estimate();
    venueTimeKnown = estimate != null;
    venueMicros =
        venueTimeKnown ? receivedMicros + estimate.skew().toNanos() / 1_000 : receivedMicros;
    released = false;
    try {
      decoder.decode(buffer, 0, length, this);
    } catch (RuntimeException e) {
      events.malformed("the decoder failed: " + e);
    }
    if (released) {
      lastDataNanos = receivedNanos;
      if (!hasData) {
        hasData = true;
        events.firstTrade();
      }
      events.released();
    }
  }

  @Override
  public void oversized(int length) {
    events.malformed(
        "a message of more than " + FrameReader.MAX_MESSAGE + " bytes (" + length + " so far)");
    events.failed(new java.io.IOException("a message was too large"));
  }

  @Override
  public void closed(int code, String reason) {
    events.closed(code, reason);
  }

  @Override
  public void failed(Throwable cause) {
    events.failed(cause);
  }

  @Override
  public void trade(
      Instrument instrument,
      long id,
      long price,
      long quantity,
      long timeMicros,
      long eventMicros,
      boolean buy,
      int fills,
      boolean block) {
    Subscription subscription = subscriptionTo(instrument);
    if (subscription == null) {
      return;
    }
    long flags = TapeRow.flags(buy, fills, false, block);
    if (venueTimeKnown) {
      long took = venueMicros - eventMicros;
      subscription
          .feed()
          .trade(id, price, quantity, timeMicros, receivedMicros, flags, receivedNanos, took);
    } else {
      subscription.feed().trade(id, price, quantity, timeMicros, receivedMicros, flags);
    }
    subscription.carried(id, receivedNanos);
    released = true;
  }

  @Override
  public void noTrade(Instrument instrument, long id) {
    Subscription subscription = subscriptionTo(instrument);
    if (subscription != null) {
      subscription.feed().noTrade(id);
      subscription.carried(id, receivedNanos);
    }
  }

  @Override
  public void invalidTrade(Instrument instrument, String reason) {
    Subscription subscription = subscriptionTo(instrument);
    if (subscription != null) {
      subscription.feed().invalidTrade(reason);
      subscription.carried(receivedNanos);
    }
  }

  @Override
  public void unknownInstrument(String symbol) {
    // One that was just removed: its last frames are still on their way.
  }

  @Override
  public void acknowledged(long requestId) {
    events.acknowledged(requestId);
  }

  @Override
  public void refused(long requestId, String reason) {
    events.refused(requestId, reason);
  }

  @Override
  public void goingAway(String notice) {
    events.goingAway(notice);
  }

  @Override
  public void ignored(String type) {
    // Well-formed and of no use.
  }

  @Override
  public void malformed(String reason) {
    events.malformed(reason);
  }

  @SuppressWarnings("ReferenceEquality") // the table hands out the same instrument each time
  private Subscription subscriptionTo(Instrument instrument) {
    if (instrument != lastInstrument || lastSubscription == null) {
      lastInstrument = instrument;
      lastSubscription = subscriptions.find(instrument);
    }
    return lastSubscription;
  }
}
