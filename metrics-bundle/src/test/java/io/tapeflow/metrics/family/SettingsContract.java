package io.tapeflow.metrics.family;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tapeflow.api.metrics.MetricFactory;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.trade.Instrument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What holds of the settings of every family. */
public abstract class SettingsContract {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(FamilySettings.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Class<?> configuration;
  private final String pid;
  private final Function<Map<String, Object>, ?> read;

  /**
   * The contract of one family.
   *
   * @param configuration what a console shows
   * @param pid of the family
   * @param read gives something that is equal for equal settings
   */
  protected SettingsContract(
      Class<?> configuration, String pid, Function<Map<String, Object>, ?> read) {
    this.configuration = configuration;
    this.pid = pid;
    this.read = read;
  }

  /** What a family says of its metrics, which names its parameters. */
  protected static List<MetricInfo> announced(MetricFactory family) {
    return family.create(new Instrument("binance-spot", "BTCUSDT", 2, 5)).metrics();
  }

  @BeforeEach
  void listen() {
    log.start();
    LOG.setLevel(Level.ERROR);
    LOG.addAppender(log);
  }

  @AfterEach
  void leave() {
    LOG.detachAppender(log);
    LOG.setLevel(null);
  }

  @Test
  void aConsoleShowsTheDefaultsThatAreUsed() {
    assertThat((Object) read.apply(MetatypeDefaults.of(configuration)))
        .isEqualTo(read.apply(Map.of()));
    assertThat(log.list).isEmpty();
  }

  @Test
  void eachWrongValueIsRefusedByNameAndItsDefaultStays() {
    Map<String, Object> wrong = new HashMap<>();
    MetatypeDefaults.of(configuration).keySet().forEach(key -> wrong.put(key, "#"));
    assertThat((Object) read.apply(wrong)).isEqualTo(read.apply(Map.of()));
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSameSizeAs(wrong.keySet())
        .allMatch(line -> line.startsWith(pid + ": "))
        .allMatch(line -> line.contains(" is \"#\", allowed is "));
    for (String property : wrong.keySet()) {
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.contains(": " + property + " is "));
    }
  }
}
