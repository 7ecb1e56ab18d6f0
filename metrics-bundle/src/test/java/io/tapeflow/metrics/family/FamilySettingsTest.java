package io.tapeflow.metrics.family;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tapeflow.api.metrics.Provenance;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FamilySettingsTest {
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
  void takesWhateverTypeAConsoleOrAFileGives() {
    FamilySettings settings =
        settings(
            Map.of(
                "bars",
                " 20 ",
                "ratio",
                3,
                "windows",
                new int[] {60, 10},
                "ages",
                "5, 7",
                "mode",
                "estimated_bvc"));

    assertThat(settings.whole("bars", 1, 100, 50)).isEqualTo(20);
    assertThat(settings.number("ratio", 1, 10, 2)).isEqualTo(3);
    assertThat(settings.wholes("windows", 1, 3600, 8, List.of(30))).containsExactly(10, 60);
    assertThat(settings.wholes("ages", 1, 3600, 8, List.of(30))).containsExactly(5, 7);
    assertThat(settings.word("mode", Provenance.class, Provenance.AGGRESSOR_EXACT))
        .isEqualTo(Provenance.ESTIMATED_BVC);
    assertThat(settings.whole("absent", 1, 100, 50)).isEqualTo(50);
    assertThat(log.list).isEmpty();
  }

  @Test
  void refusesAWrongValueByNameAndKeepsTheDefault() {
    FamilySettings settings =
        settings(
            Map.of("bars", "2.5", "ratio", 11, "windows", "10,0", "mode", "guess", "text", "x"));

    assertThat(settings.whole("bars", 1, 100, 50)).isEqualTo(50);
    assertThat(settings.number("ratio", 1, 10, 2)).isEqualTo(2);
    assertThat(settings.wholes("windows", 1, 3600, 8, List.of(30))).containsExactly(30);
    assertThat(settings.word("mode", Provenance.class, Provenance.AGGRESSOR_EXACT))
        .isEqualTo(Provenance.AGGRESSOR_EXACT);
    assertThat(settings.number("text", 0, 1, 0.5)).isEqualTo(0.5);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "io.tapeflow.metrics.vpin: bars is \"2.5\", allowed is a whole number from"
                            + " 1 to 100; the default 50 is used"),
            line -> assertThat(line).contains("ratio is \"11\"", "a number from 1 to 10"),
            line -> assertThat(line).contains("windows is \"10,0\"", "each from 1 to 3600"),
            line -> assertThat(line).contains("mode is \"guess\"", "AGGRESSOR_EXACT"),
            line -> assertThat(line).contains("text is \"x\"", "a number from 0 to 1"));
  }

  @Test
  void takesMomentsDecimalsAndWords() {
    FamilySettings settings =
        settings(
            Map.of(
                "anchors",
                new String[] {"2026-01-05T14:30:00Z", " 2026-01-04T00:00:00Z"},
                "blank",
                " ",
                "tiers",
                "1e6, 50000",
                "quotes",
                List.of("USDT", "-USD")));

    assertThat(settings.instants("anchors", 2))
        .containsExactly(
            Instant.parse("2026-01-04T00:00:00Z"), Instant.parse("2026-01-05T14:30:00Z"));
    assertThat(settings.instants("blank", 2)).isEmpty();
    assertThat(settings.instants("absent", 2)).isEmpty();
    assertThat(settings.decimals("tiers", "1", "1e12", 8, List.of()))
        .containsExactly(new BigDecimal(50_000), new BigDecimal(1_000_000));
    assertThat(settings.words("quotes", "[-A-Z]+", "capitals", 8, List.of()))
        .containsExactly("USDT", "-USD");
    assertThat(log.list).isEmpty();
  }

  @Test
  void refusesWrongMomentsDecimalsAndWords() {
    List<BigDecimal> one = List.of(BigDecimal.ONE);
    for (String moments : List.of("tomorrow", "2026-01-05T14:30:00.5Z", "2300-01-01T00:00:00Z")) {
      assertThat(settings(Map.of("anchors", moments)).instants("anchors", 2)).isEmpty();
    }
    for (String tiers : List.of("0", "5,x", "1,2,3", "")) {
      assertThat(settings(Map.of("tiers", tiers)).decimals("tiers", "1", "9", 2, one))
          .isEqualTo(one);
    }
    assertThat(settings(Map.of("quotes", "usdt")).words("quotes", "[A-Z]+", "X", 8, List.of("A")))
        .containsExactly("A");
    assertThat(log.list).hasSize(8);
    assertThat(log.list.get(1).getFormattedMessage())
        .contains("anchors is", "allowed is at most 2 moments such as 2026-01-05T14:30:00Z");
    assertThat(log.list.get(3).getFormattedMessage())
        .contains("tiers is \"0\", allowed is 1 to 2 numbers, each from 1 to 9");
    assertThat(log.list.get(7).getFormattedMessage()).contains("1 to 8 of X");
  }

  private static FamilySettings settings(Map<String, ?> properties) {
    return new FamilySettings("io.tapeflow.metrics.vpin", properties);
  }
}
