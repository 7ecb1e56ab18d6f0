package io.tapeflow.stream;

import static org.awaitility.Awaitility.await;

import io.tapeflow.simulator.Venue;
import io.tapeflow.simulator.VenueSettings;
import io.tapeflow.stream.binance.BinanceSpot;
import io.tapeflow.tasks.Clock;
import io.tapeflow.tasks.TaskScope;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.junit.jupiter.api.Test;

class TransportTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final TaskScope scope = new TaskScope("transport", Clock.SYSTEM);
  private final NameLookup names = new NameLookup(Clock.SYSTEM, null, InetAddress::getAllByName);

  /** But for one that the I/O thread may have in its hands until it is woken again. */
  @Test
  void connectionsThatAreOverAreForgotten() throws Exception {
    try (Venue venue = Venue.start(VenueSettings.generated("BTCUSDT").build())) {
      Transport transport =
          Transport.start(scope, "transport-test", Clock.SYSTEM, TlsTrust.OF_JAVA, names);
      List<WeakReference<FrameReader>> readers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        readers.add(connectAndLeave(transport, venue));
      }
      await()
          .atMost(LONG)
          .until(
              () -> {
                System.gc();
                return readers.stream().filter(reader -> reader.get() != null).count() <= 1;
              });
    } finally {
      scope.close(Duration.ofSeconds(5));
      names.close();
    }
  }

  private static WeakReference<FrameReader> connectAndLeave(Transport transport, Venue venue)
      throws Exception {
    FrameReader reader = new FrameReader(new Deaf(), () -> {});
    CoreSession session =
        transport
            .connect(
                new BinanceSpot().streamUri(venue.streamEndpoint()), reader, Transport.Steps.NONE)
            .get();
    session.abort();
    return new WeakReference<>(reader);
  }

  private static final class Deaf implements FrameReader.Messages {
    @Override
    public void text(byte[] buffer, int length) {}

    @Override
    public void oversized(int length) {}

    @Override
    public void closed(int code, String reason) {}

    @Override
    public void failed(Throwable cause) {}
  }
}
