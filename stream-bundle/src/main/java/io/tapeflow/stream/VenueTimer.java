package io.tapeflow.stream;

import io.tapeflow.api.stream.VenueClock;
import io.tapeflow.api.venue.VenueProtocol;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a venue's clock when that is due: asks for its time a few times, takes the answer with
 * the shortest round trip, and takes its time to be that of the middle of the trip.
 */
final class VenueTimer {
  private static final Logger LOG = LoggerFactory.getLogger(VenueTimer.class);
  private static final int SAMPLES = 5;
  private static final int OK = 200;

  private final VenueProtocol protocol;
  private final RestClient rest;
  private final URI restEndpoint;
  private final VenueTime time;
  private final Clock clock;

  VenueTimer(
      VenueProtocol protocol, RestClient rest, URI restEndpoint, VenueTime time, Clock clock) {
    this.protocol = protocol;
    this.rest = rest;
    this.restEndpoint = restEndpoint;
    this.time = time;
    this.clock = clock;
  }

  /** Measures, if it is due and nobody else is at it. To be called every second or so. */
  void check() {
    if (time.begin(clock.nanos(), clock.wallMicros())) {
      measure(SAMPLES, null).whenComplete(this::ended);
    }
  }

  private CompletableFuture<VenueClock> measure(int times, VenueClock best) {
    if (times == 0) {
      return CompletableFuture.completedFuture(best);
    }
    return rest.get(protocol.timeRequest(restEndpoint), RestUse.CLOCK)
        .thenApply(this::read)
        .thenCompose(sample -> measure(times - 1, better(best, sample)));
  }

  private VenueClock read(Transport.Answer answer) {
    if (answer.status() != OK) {
      throw new IllegalStateException("HTTP status " + answer.status());
    }
    Duration trip = Duration.ofNanos(answer.roundTripNanos());
    long middle = answer.sentMicros() + TimeUnit.NANOSECONDS.toMicros(trip.toNanos() / 2);
    long skew = protocol.readTime(answer.body()) - middle;
    return new VenueClock(Duration.of(skew, ChronoUnit.MICROS), trip, clock.now());
  }

  private static VenueClock better(VenueClock a, VenueClock b) {
    return a == null || b.roundTrip().compareTo(a.roundTrip()) < 0 ? b : a;
  }

  private void ended(VenueClock measured, Throwable thrown) {
    if (thrown == null) {
      time.measured(measured, clock.nanos(), clock.wallMicros());
      LOG.debug("{}: clock skew {}", restEndpoint, measured.skew());
    } else if (Faults.root(thrown) instanceof CancellationException) {
      time.abandoned();
    } else {
      time.failed(clock.nanos(), clock.wallMicros());
      LOG.debug("{} did not tell its time: {}", restEndpoint, Faults.of(thrown, null).message());
    }
  }
}
