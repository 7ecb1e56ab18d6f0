package io.tapeflow.metrics.cvd;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tapeflow.metrics.family.FamilySettings;
import io.tapeflow.metrics.family.MetatypeDefaults;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CvdSettingsTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(FamilySettings.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

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
    Map<String, Object> shown = MetatypeDefaults.of(CvdConfiguration.class);
    assertThat(read(shown)).isEqualTo(read(Map.of()));
    assertThat(log.list).isEmpty();
  }

  @Test
  void eachWrongValueIsRefusedByNameAndItsDefaultStays() {
    Map<String, Object> wrong = new HashMap<>();
    MetatypeDefaults.of(CvdConfiguration.class).keySet().forEach(key -> wrong.put(key, "#"));
    assertThat(read(wrong)).isEqualTo(read(Map.of()));
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSameSizeAs(wrong.keySet())
        .allMatch(line -> line.startsWith(CvdFactory.PID + ": "))
        .allMatch(line -> line.contains(" is \"#\", allowed is "));
    for (String property : wrong.keySet()) {
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.contains(": " + property + " is "));
    }
  }

  private static CvdSettings read(Map<String, Object> properties) {
    return CvdSettings.of(CvdFactory.PID, properties);
  }
}
