package io.tapeflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.trade.Instrument;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.Test;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Families of metrics from other bundles, and what is anchored, in the framework that is shipped.
 */
public class FamilyIT extends ShippedIT {
  private static final String NAME = "example.largest.start";

  /** A service, and nothing else, makes a metric appear wherever metrics are shown. */
  @Test
  public void aThirdPartysFamilyAppearsInEveryView()
      throws IOException, InterruptedException, ReflectiveOperationException {
    String symbol = "ETHUSDT";
    Venue venue = Venue.generated(host(), "family", 200, symbol);
    Stream.to(venue, host(), "family", symbol).awaitLive();
    Metrics.await(host(), symbol, snapshot -> snapshot.lastTradeId() > 0);
    ServiceRegistration<MetricFactory> registration =
        host()
            .context()
            .registerService(
                MetricFactory.class,
                LargestTrade::new,
                FrameworkUtil.asDictionary(Map.of(MetricFactory.FAMILY, "example")));
    MetricSnapshot snapshot = Metrics.await(host(), symbol, now -> now.metric(NAME).usable());
    assertThat(snapshot.metric(NAME).firstId())
        .as("built from history")
        .isEqualTo(snapshot.metric("cvd.start").firstId());
    List<MetricInfo> infos = host().ask(OrderFlow.class, flow -> flow.metrics(symbol));
    assertThat(infos).extracting(MetricInfo::name).contains(NAME);
    assertThat(http("/tapeflow/api/metrics/" + symbol))
        .contains("\"" + NAME + "\":{\"value\":\"", "\"unit\":\"base\"");
    assertThat(gogo(symbol)).contains(NAME).contains("OK");
    assertThat(http("/metrics"))
        .contains("instrument=\"" + snapshot.instrument() + "\",metric=\"" + NAME + "\"");

    registration.unregister();
    Metrics.await(host(), symbol, now -> !now.metrics().containsKey(NAME));
    assertThat(http("/tapeflow/api/metrics/" + symbol)).doesNotContain(NAME);
  }

  /** History has long lost the first trades when the bundle is updated: the sums go on. */
  @Test
  public void whatIsAnchoredGoesOnOverAnUpdate() throws BundleException, IOException {
    String symbol = "BTCUSDT";
    Venue venue = Venue.generated(host(), "anchored", 800, symbol);
    Map<String, Object> values = Stream.values(venue, symbol);
    // Less than a round brings, so that the anchored values cannot come from history alone.
    values.put("history.trades", 4_096);
    Stream stream = Stream.open(host(), "anchored", values);
    stream.awaitLive();
    for (int round = 0; round < 2; round++) {
      long before = stream.lastId(symbol);
      Awaitility.await("more trades than history holds")
          .atMost(Host.PATIENCE)
          .until(() -> stream.lastId(symbol) > before + 5_200);
      // However long the update takes, history must still hold what it missed.
      venue.switchOn(FaultKind.QUIET_SYMBOL);
      long gone = stream.lastId(symbol);
      try (InputStream jar = Files.newInputStream(ShippedHome.jar("io.tapeflow.metrics.jar"))) {
        host().bundle("io.tapeflow.metrics").update(jar);
      }
      venue.clearFaults();
      MetricSnapshot back = Metrics.await(host(), symbol, now -> now.lastTradeId() > gone);
      long firstId = stream.instrument(symbol).firstId();
      assertThat(back.metric("cvd.start").firstId()).isEqualTo(firstId);
      assertThat(back.metric("cvd.start").complete()).isTrue();
      Metrics.assertSums(back, venue.printed(symbol, firstId, back.lastTradeId()));
    }
  }

  private String http(String path) throws IOException, InterruptedException {
    Object endpoint =
        reference("org.osgi.service.servlet.runtime.HttpServiceRuntime", null)
            .getProperty("osgi.http.endpoint");
    String base = endpoint instanceof String[] several ? several[0] : endpoint.toString();
    URI uri = URI.create(base.replaceAll("/$", "") + path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private String gogo(String symbol) throws ReflectiveOperationException {
    ServiceReference<?> reference = reference(null, "(osgi.command.function=metrics)");
    Object commands = host().context().getService(reference);
    try {
      return commands
          .getClass()
          .getMethod("metrics", String.class, String.class)
          .invoke(commands, symbol, NAME)
          .toString();
    } finally {
      host().context().ungetService(reference);
    }
  }

  private ServiceReference<?> reference(String type, String filter) {
    try {
      ServiceReference<?>[] found = host().context().getAllServiceReferences(type, filter);
      assertThat(found).as("%s %s", type, filter).hasSize(1);
      return found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
  }

  /** The largest quantity since the start. */
  private static final class LargestTrade implements MetricCalculator {
    private final Instrument instrument;
    private long largest;
    private long firstId = -1;
    private long firstTime;

    LargestTrade(Instrument instrument) {
      this.instrument = instrument;
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of(new MetricInfo(NAME, "base", "The largest quantity of a trade"));
    }

    @Override
    public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
      if (firstId < 0) {
        firstId = id;
        firstTime = timeMicros;
      }
      largest = Math.max(largest, quantity);
    }

    @Override
    public void read(MetricReadout out) {
      if (firstId < 0) {
        out.absent(NAME, "No trade yet", MetricBasis.whole(-1, out.nowMicros()));
        return;
      }
      BigDecimal quantity = instrument.quantity(largest);
      out.number(NAME, quantity, MetricBasis.whole(firstId, firstTime));
    }
  }
}
