package io.tapeflow.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.OrderFlow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lines of Java that the README shows are these, and they work. */
class ReadmeSampleTest {
  private static final Pattern SAMPLE =
      Pattern.compile("```java\\n(MetricValue.*?)```", Pattern.DOTALL);

  private final List<BigDecimal> acted = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  private void sample(OrderFlow orderFlow) {
    MetricValue delta = orderFlow.metric("BTCUSDT", "delta.60s");
    if (delta.usable()) {
      act((BigDecimal) delta.value());
    } else {
      say(delta.status() + ": " + delta.reason());
    }
  }

  @Test
  void threeLinesGiveAMetricOrSayWhyNot() {
    TestMarket market = new TestMarket();
    market.stream.live();
    sample(market.component);
    assertThat(said).singleElement().asString().startsWith("NO_DATA: ");

    market.buy("100.00", "2.000").passes(Duration.ofSeconds(61)).buy("101.00", "1.500");
    sample(market.component);
    assertThat(acted).singleElement().isEqualTo(new BigDecimal("1.5"));
  }

  @Test
  void theReadmeShowsTheseVeryLines() throws IOException {
    Matcher shown = SAMPLE.matcher(Files.readString(Path.of("../README.md")));
    assertThat(shown.find()).isTrue();
    String source =
        Files.readString(Path.of("src/test/java/io/tapeflow/metrics/ReadmeSampleTest.java"));
    assertThat(bare(source)).contains(bare(shown.group(1)));
  }

  /** Braces and space are the formatter's business. */
  private static String bare(String code) {
    return code.replaceAll("[\\s{}]", "");
  }

  private void act(BigDecimal value) {
    acted.add(value);
  }

  private void say(String why) {
    said.add(why);
  }
}
