package io.tapeflow.stream;

import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one connection is subscribed to, and the requests for it: made in batches, and kept until
 * they are answered. Changed by the control thread alone; the I/O thread looks instruments up.
 */
final class Subscriptions {
  private final VenueProtocol protocol;
  private final Clock clock;
  private final long generation;
  private final Consumer<String> sender;
  private final Map<Long, List<Subscription>> unanswered = new LinkedHashMap<>();
  private long lastRequestId;

  /** Replaced whole; by identity, for the decoder hands on the feeds' very instruments. */
  private volatile IdentityHashMap<Instrument, Subscription> held = new IdentityHashMap<>();

  Subscriptions(VenueProtocol protocol, Clock clock, long generation, Consumer<String> sender) {
    this.protocol = protocol;
    this.clock = clock;
    this.generation = generation;
    this.sender = sender;
  }

  /** Subscribes to what has a feed and is not subscribed yet, and leaves what has none any more. */
  void follow(Collection<InstrumentFeed> feeds) {
    IdentityHashMap<Instrument, Subscription> next = new IdentityHashMap<>();
    List<Subscription> missing = new ArrayList<>();
    for (InstrumentFeed feed : feeds) {
      Subscription subscription = held.get(feed.instrument());
      if (subscription == null) {
        subscription = new Subscription(feed, generation, clock.nanos());
        missing.add(subscription);
      }
      next.put(feed.instrument(), subscription);
    }
    List<Subscription> gone =
        held.values().stream().filter(s -> !next.containsKey(s.feed().instrument())).toList();
    held = next;
    unsubscribe(gone);
    subscribe(missing);
  }

  /** Asks again for what it has been asked for before, leaving the rest alone. */
  void renew(List<Subscription> again) {
    unsubscribe(again);
    again.forEach(subscription -> subscription.renewed(clock.nanos()));
    subscribe(again);
  }

  /** What the connection carries of an instrument, or null. Any thread. */
  Subscription find(Instrument instrument) {
    return held.get(instrument);
  }

  /** All of them, in no order. Any thread. */
  Collection<Subscription> all() {
    return held.values();
  }

  /** What a request that has been answered was for; empty if it was none of ours. */
  List<Subscription> answered(long requestId) {
    List<Subscription> asked = unanswered.remove(requestId);
    return asked == null ? List.of() : asked;
  }

  boolean allAnswered() {
    return unanswered.isEmpty();
  }

  private void subscribe(List<Subscription> wanted) {
    for (List<Subscription> part : parts(wanted)) {
      request(part, protocol.subscribe(symbols(part), lastRequestId + 1));
    }
  }

  private void unsubscribe(List<Subscription> unwanted) {
    for (List<Subscription> part : parts(unwanted)) {
      request(List.of(), protocol.unsubscribe(symbols(part), lastRequestId + 1));
    }
  }

  private void request(List<Subscription> awaiting, String frame) {
    unanswered.put(++lastRequestId, awaiting);
    sender.accept(frame);
  }

  private static List<String> symbols(List<Subscription> subscriptions) {
    return subscriptions.stream().map(Subscription::symbol).toList();
  }

  private List<List<Subscription>> parts(List<Subscription> whole) {
    int size = protocol.limits().symbolsPerRequest();
    List<List<Subscription>> parts = new ArrayList<>();
    for (int i = 0; i < whole.size(); i += size) {
      parts.add(List.copyOf(whole.subList(i, Math.min(whole.size(), i + size))));
    }
    return parts;
  }
}
