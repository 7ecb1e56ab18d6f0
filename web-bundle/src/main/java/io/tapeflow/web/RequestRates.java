package io.tapeflow.web;

import io.tapeflow.tasks.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many requests each address may still make: so many a second, and after a pause twice as many
 * at once. Addresses that were heard of longest ago are forgotten first.
 */
final class RequestRates {
  private static final int KNOWN_ADDRESSES = 1_000;

  private final Clock clock;
  private final Map<String, Allowance> allowances =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > KNOWN_ADDRESSES;
        }
      };

  /** What an address may still ask at a moment. */
  private record Allowance(double requests, long nanos) {}

  RequestRates(Clock clock) {
    this.clock = clock;
  }

  /** Counts a request; false if it is one too many. */
  synchronized boolean admits(String address, int perSecond) {
    long now = clock.nanos();
    double most = 2.0 * perSecond;
    Allowance last = allowances.getOrDefault(address, new Allowance(most, now));
    double seconds = (double) (now - last.nanos()) / TimeUnit.SECONDS.toNanos(1);
    double left = Math.min(most, last.requests() + seconds * perSecond);
    boolean admitted = left >= 1;
    allowances.put(address, new Allowance(admitted ? left - 1 : left, now));
    return admitted;
  }
}
