package io.tapeflow.stream;

import io.tapeflow.api.venue.VenueProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The subscription requests of one connection: sent in batches no faster than the venue permits,
 * and kept until they are answered. Used by the control thread alone.
 */
final class Subscriptions {
  /** Kept free for the pongs, which venues count as well. */
  private static final int SPARE_MESSAGES = 2;

  private final VenueProtocol protocol;
  private final ScheduledExecutorService control;
  private final Consumer<String> sender;
  private final Map<Long, List<String>> unanswered = new LinkedHashMap<>();
  private final long spacingNanos;
  private long lastRequestId;
  private long nextSendNanos = System.nanoTime();

  Subscriptions(VenueProtocol protocol, ScheduledExecutorService control, Consumer<String> sender) {
    this.protocol = protocol;
    this.control = control;
    this.sender = sender;
    int perSecond = Math.max(1, protocol.limits().messagesPerSecond() - SPARE_MESSAGES);
    this.spacingNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  void subscribe(List<String> symbols) {
    for (List<String> part : parts(symbols)) {
      long id = ++lastRequestId;
      unanswered.put(id, part);
      send(protocol.subscribe(part, id));
    }
  }

  void unsubscribe(List<String> symbols) {
    for (List<String> part : parts(symbols)) {
      long id = ++lastRequestId;
      unanswered.put(id, List.of());
      send(protocol.unsubscribe(part, id));
    }
  }

  /** The symbols of a request that has been answered; empty if it was none of ours. */
  List<String> answered(long requestId) {
    List<String> symbols = unanswered.remove(requestId);
    return symbols == null ? List.of() : symbols;
  }

  boolean allAnswered() {
    return unanswered.isEmpty();
  }

  private void send(String frame) {
    long now = System.nanoTime();
    long wait = Math.max(0, nextSendNanos - now);
    nextSendNanos = now + wait + spacingNanos;
    if (wait == 0) {
      sender.accept(frame);
    } else {
      control.schedule(() -> sender.accept(frame), wait, TimeUnit.NANOSECONDS);
    }
  }

  private List<List<String>> parts(List<String> symbols) {
    int size = protocol.limits().symbolsPerRequest();
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i += size) {
      parts.add(List.copyOf(symbols.subList(i, Math.min(symbols.size(), i + size))));
    }
    return parts;
  }
}
