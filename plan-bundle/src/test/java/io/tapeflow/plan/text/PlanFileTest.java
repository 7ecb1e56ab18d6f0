package io.tapeflow.plan.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanEvaluation;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.TextPosition;
import io.tapeflow.api.trade.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFileTest {
  private static final String WHOLE =
      """
      id: chatgpt_f3ef7217
      instrument: binance-spot:BTCUSDT
      direction: buy
      entry: 64000.50
      stopLoss: '63500'
      takeProfit: 65500
      tolerance: 50
      expires: 2026-01-31T16:00:00Z
      evaluate: every 5s
      conditions: {delta_positive: true, vwap_deviation: {threshold: 2.0, direction: below}}
      """;

  private static final Plan PLAN =
      new Plan(
          "chatgpt_f3ef7217",
          "binance-spot:BTCUSDT",
          Side.BUY,
          new BigDecimal("64000.50"),
          new BigDecimal("63500"),
          new BigDecimal("65500"),
          new BigDecimal("50"),
          Expression.read(
                  "delta_positive and vwap_deviation(threshold: 2, direction: below)", "conditions")
              .condition(),
          Instant.parse("2026-01-31T16:00:00Z"),
          new PlanEvaluation(5));

  @Test
  void readsAPlanWithEachField() {
    assertThat(PlanFile.read("a.yaml", WHOLE))
        .singleElement()
        .satisfies(
            draft -> {
              assertThat(draft.faults()).isEmpty();
              assertThat(draft.plan()).isEqualTo(PLAN);
              assertThat(draft.positions())
                  .containsEntry("stopLoss", new TextPosition(5, 11))
                  .containsEntry("conditions[1]", new TextPosition(10, 36))
                  .containsEntry("conditions[1].threshold", new TextPosition(10, 64));
            });
  }

  @Test
  void readsJson() {
    String json =
        """
        {
        \t"id": "chatgpt_f3ef7217", "instrument": "binance-spot:BTCUSDT", "direction": "BUY",
        \t"entry": 64000.50, "stopLoss": "63500", "takeProfit": 65500, "tolerance": 50,
        \t"expires": "2026-01-31T16:00:00Z", "evaluate": "5s",
        \t"conditions": {
        \t\t"delta_positive": true, "vwap_deviation": {"threshold": 2.0, "direction": "below"}
        \t}
        }
        """;
    assertThat(PlanFile.read("a.json", json)).extracting(PlanDraft::plan).containsExactly(PLAN);
  }

  @Test
  void readsManyPlans() {
    String one = "{id: a, instrument: B, direction: BUY, entry: 1}";
    String two = "{id: b, instrument: B, direction: BUY, entry: 1}";
    for (String text :
        List.of(
            "- " + one + "\n- " + two,
            "plans:\n- " + one + "\n- " + two,
            one + "\n---\n" + two,
            "[" + one + ", " + two + "]")) {
      assertThat(PlanFile.read("a", text)).extracting(PlanDraft::id).containsExactly("a", "b");
      assertThat(PlanFile.read("a", text)).allMatch(it -> it.plan() != null);
    }
  }

  @Test
  void readsWhatEditorsMakeOfAText() {
    for (String text :
        List.of(
            "\uFEFF" + WHOLE,
            WHOLE.replace("\n", "\r\n"),
            WHOLE.replace("delta_positive: true", "delta_positive: True"),
            WHOLE + "...\n")) {
      assertThat(PlanFile.read("a.yaml", text))
          .singleElement()
          .satisfies(
              draft -> {
                assertThat(draft.faults()).isEmpty();
                assertThat(draft.plan()).isEqualTo(PLAN);
                assertThat(draft.positions()).containsEntry("id", new TextPosition(1, 5));
                assertThat(draft.positions()).containsEntry("stopLoss", new TextPosition(5, 11));
              });
    }
    assertThat(PlanFile.read("a.json", "\uFEFF{\n\t\"id\": 5,\n\t\"x\": 1}").get(0).faults())
        .extracting(fault -> fault.line() + ":" + fault.column())
        .startsWith("3:2");
  }

  @Test
  void allThatIsWrongAroundPlansIsSaidOfTheFile() {
    String plan = "{id: a, instrument: B, direction: BUY, entry: 1}";
    List<PlanDraft> drafts =
        PlanFile.read("a.yaml", "note: x\nplans: &p [" + plan + "]\nplans: 5\nmore: y\n");
    assertThat(drafts).extracting(PlanDraft::id).containsExactly("a", "a.yaml");
    assertThat(drafts.get(0).faults()).isEmpty();
    assertThat(drafts.get(1).faults())
        .extracting(fault -> fault.line() + ": " + fault.what())
        .containsExactly(
            "1: It stands beside a list of plans",
            "2: It has an anchor (&)",
            "3: It stands beside a list of plans",
            "4: It stands beside a list of plans");
    assertThat(PlanFile.read("a.yaml", "!mine [" + plan + "]").get(1).faults())
        .extracting(PlanFault::what)
        .containsExactly("It has the tag !mine");
    assertThat(PlanFile.read("a.yaml", "- &a 1\n- *a\n- *a\n").get(0).faults())
        .extracting(PlanFault::line)
        .containsExactly(2, 3);
  }

  @Test
  void oneWrongPlanDoesNotLoseTheOthers() {
    List<PlanDraft> drafts =
        PlanFile.read(
            "a.yaml",
            """
            - {id: a, instrument: B, direction: BUY}
            - {id: b, instrument: B, direction: UP}
            - 5
            - {id: a, instrument: B, direction: BUY}
            """);
    assertThat(drafts).extracting(PlanDraft::id).containsExactly("a", "b", "a.yaml#3", "a");
    assertThat(drafts).extracting(it -> it.faults().size()).containsExactly(0, 1, 1, 1);
    assertThat(drafts.get(3).faults().get(0).what()).contains("line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          conditions: delta_positive adn cvd_rising | 4 | 28 | did you mean and?
          conditions: 'price >' | 4 | 21 | not something to compare
          conditions: >\\n  delta_positive\\n  and 5 5 | 6 | 9 | behind
          conditions: ¦\\n  delta_positive\\n  and and | 6 | 7 | 'and' cannot
          conditions: {delta_positive: false} | 4 | 30 | may mean
          conditions: {delta_positive: true, delta_positive: true} | 4 | 36 | twice
          conditions: {delta_positive: [5]} | 4 | 30 | no argument
          conditions: {delta_positive: } | 4 | 29 | no value
          conditions: {delta_positive: {threshold: }} | 4 | 41 | no value
          conditions: 5 | 4 | 13 | not a condition
          conditions: [] | 4 | 13 | no condition
          conditions: {} | 4 | 13 | no condition
          conditions: {any: []} | 4 | 19 | no condition
          conditions: {any: [delta_positive, 'x y']} | 4 | 39 | 'y' is not expected
          conditions: {confluence: {parts: [{weight: 1}], enable: 1}} | 4 | 35 | not a part
          conditions: {confluence: {parts: [{weight: 1, of: a}]}} | 4 | 26 | no enable
          conditions: {confluence: {enable: x, parts: [{weight: 1, of: a}]}} | 4 | 35 | no number
          stoploss: 5 | 4 | 1 | did you mean stopLoss?
          entry: 5x | 4 | 8 | '5x' is no number
          entry: 1e999999999 | 4 | 8 | no number
          entry: .inf | 4 | 8 | no number
          entry: [1] | 4 | 8 | no number
          entry: !!int 5\\nentry: 6 | 5 | 1 | twice
          entry: !money 5 | 4 | 8 | tag
          entry: &a 5\\nstopLoss: *a | 5 | 11 | refers
          expires: tomorrow | 4 | 10 | no moment
          evaluate: 5 | 4 | 11 | no mode
          evaluate: 1500ms | 4 | 11 | no mode
          "entry: [" | 5 | 1 | cannot be read
          entry: {a: 1 | 5 | 1 | cannot be read
          """)
  void faultsHaveTheirPlace(String line, int atLine, int column, String what) {
    String text =
        """
        id: a
        instrument: BTCUSDT
        direction: BUY
        %s
        """
            .formatted(line.replace("\\n", System.lineSeparator()).replace('¦', '|'));
    List<PlanDraft> drafts = PlanFile.read("a.yaml", text);
    assertThat(drafts).hasSize(1);
    assertThat(drafts.get(0).faults()).isNotEmpty();
    PlanFault fault = drafts.get(0).faults().get(0);
    assertThat(fault.what()).as(text).contains(what);
    assertThat(fault.line() + ":" + fault.column())
        .as(fault.toString())
        .isEqualTo(atLine + ":" + column);
  }

  @Test
  void allFaultsOfAPlanAreListed() {
    PlanDraft draft = PlanFile.read("a", "{direction: UP, entry: x, evaluate: y, z: 1}").get(0);
    assertThat(draft.faults())
        .extracting(PlanFault::path)
        .containsExactly("direction", "entry", "evaluate", "", "id", "instrument");
  }

  @Test
  void argumentsMayStandBesideTheirCondition() {
    String text =
        """
        id: a
        instrument: B
        direction: BUY
        conditions:
          vwap_deviation: true
          vwap_deviation_threshold: 2.5
          vwap_deviation_direction: below
          price_near: 100
          tolerance: 5
          volume_above: 10
        """;
    assertThat(PlanFile.read("a", text).get(0).plan().condition())
        .isEqualTo(
            Expression.read(
                    "vwap_deviation(threshold: 2.5, direction: below) and"
                        + " price_near(100, tolerance: 5) and volume_above(10)",
                    "conditions")
                .condition());
  }

  @Test
  void groupsAndConfluenceAsMaps() {
    String text =
        """
        id: a
        instrument: B
        direction: BUY
        conditions:
          any: [cvd_rising, {whale_buy: {within: 30s}}]
          none: {delta_negative: true}
          confluence:
            enable: 0.8
            suspend: 0.5
            parts:
              - {weight: 0.3, of: delta_positive}
              - {weight: 0.5, of: delta.60s > 5 for 3s}
        """;
    assertThat(PlanFile.read("a", text).get(0).plan().condition())
        .isEqualTo(
            Expression.read(
                    "any(cvd_rising, whale_buy(within: 30s)) and not delta_negative and"
                        + " confluence(0.3: delta_positive, 0.5: delta.60s > 5 for 3s,"
                        + " enable: 0.8, suspend: 0.5)",
                    "conditions")
                .condition());
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnce() {
    assertRefused("[".repeat(200_000));
    assertRefused("{a: ".repeat(50_000));
    assertRefused("- ".repeat(100_000));
    assertRefused("a".repeat(2_000_000));
    assertRefused("");
    assertRefused("# nothing\n");
    assertRefused("\u0000");
    assertRefused("a: &a [*a, *a]");
  }

  private static void assertRefused(String text) {
    List<PlanDraft> drafts = PlanFile.read("a", text);
    assertThat(drafts).hasSize(1);
    assertThat(drafts.get(0).faults()).isNotEmpty();
  }
}
