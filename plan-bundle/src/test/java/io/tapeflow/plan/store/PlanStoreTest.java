package io.tapeflow.plan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanState.Kind;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.plan.Truth;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreTest {
  private static final Instant AT = Instant.parse("2026-01-05T12:00:00.123456Z");

  @TempDir Path folder;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    thread.shutdown();
  }

  @Test
  void keepsATriggerWithAllItsEvidence() throws IOException {
    PlanRecord record =
        PlanRecord.begin("p", "content", 17).on("binance-spot:BTCUSDT").triggered(trigger());
    try (PlanStore store = PlanStore.open(file(), thread)) {
      store.keep(record);
    }
    try (PlanStore store = PlanStore.open(file(), thread)) {
      assertThat(store.record("p")).isEqualTo(record);
      assertThat(store.record("q")).isNull();
    }
  }

  @Test
  void whatWasKeptIsThereAfterACrash() throws IOException {
    try (PlanStore store = PlanStore.open(file(), thread)) {
      store.put(PlanRecord.begin("before", "content", 1));
      store.progress("binance-spot:BTCUSDT", 41);
      store.commit();
      store.keep(PlanRecord.begin("p", "content", 2).ended(Kind.CANCELLED));
      store.put(PlanRecord.begin("behind", "content", 3));
      // As the disk would be found if the process died here.
      Files.copy(file(), folder.resolve("crashed.mv"));
    }
    try (PlanStore store = PlanStore.open(folder.resolve("crashed.mv"), thread)) {
      assertThat(store.record("p").kind()).isEqualTo(Kind.CANCELLED);
      assertThat(store.record("before")).isNotNull();
      assertThat(store.record("behind")).isNull();
      assertThat(store.progress("binance-spot:BTCUSDT")).isEqualTo(41);
      assertThat(store.progress("binance-spot:ETHUSDT")).isEqualTo(-1);
    }
  }

  @Test
  void aThreadThatIsInterruptedKeepsAllTheSame() throws IOException {
    PlanRecord first = PlanRecord.begin("p", "content", 1);
    PlanRecord second = PlanRecord.begin("q", "content", 2);
    try (PlanStore store = PlanStore.open(file(), thread)) {
      Thread.currentThread().interrupt();
      store.keep(first);
      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
      store.keep(second);
    }
    try (PlanStore store = PlanStore.open(file(), thread)) {
      assertThat(store.record("p")).isEqualTo(first);
      assertThat(store.record("q")).isEqualTo(second);
    }
  }

  @Test
  void aFileThatIsNoneIsAnError() throws IOException {
    Files.writeString(file(), "This is not a store. ".repeat(1_000));
    assertThatThrownBy(() -> PlanStore.open(file(), thread))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plans.mv");
  }

  @Test
  void aFileInUseIsAnError() throws IOException {
    try (PlanStore store = PlanStore.open(file(), thread)) {
      assertThat(store.record("p")).isNull();
      assertThatThrownBy(() -> PlanStore.open(file(), thread)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void forgetsWhatWentLongAgo() throws IOException {
    try (PlanStore store = PlanStore.open(file(), thread)) {
      store.put(PlanRecord.begin("there", "c", 1));
      store.put(PlanRecord.begin("old", "c", 1).gone(10, -1));
      store.put(PlanRecord.begin("new", "c", 1).gone(20, -1));
      store.forgetGone(20);
      assertThat(store.record("there")).isNotNull();
      assertThat(store.record("old")).isNull();
      assertThat(store.record("new")).isNotNull();
    }
  }

  private Path file() {
    return folder.resolve("plans.mv");
  }

  private static PlanTrigger trigger() {
    MetricValue number =
        new MetricValue(
            "delta.60s",
            new BigDecimal("-12.50"),
            MetricStatus.OK,
            "",
            AT,
            Duration.ofSeconds(60),
            true,
            5,
            90,
            List.of(),
            3,
            Provenance.AGGRESSOR_EXACT);
    MetricValue rows =
        new MetricValue(
            "zones",
            List.of(new MetricRow(Map.of("side", "BUY", "low", new BigDecimal("1.5")))),
            MetricStatus.WARMING_UP,
            "because",
            AT,
            Duration.ofNanos(7),
            false,
            5,
            90,
            List.of(new IdRange(6, 8)),
            0,
            Provenance.ESTIMATED_BVC);
    ConditionStatus condition =
        new ConditionStatus(
            "delta.60s > 1",
            Truth.HOLDS,
            "",
            List.of(new Distance("delta.60s", BigDecimal.ONE, BigDecimal.TEN, "base")));
    return new PlanTrigger(
        "p",
        "binance-spot:BTCUSDT",
        90,
        new BigDecimal("64012.30"),
        AT,
        AT.plusSeconds(1),
        List.of(condition),
        List.of(number, rows, MetricValue.none("none", MetricStatus.NO_DATA, "why", null)));
  }
}
