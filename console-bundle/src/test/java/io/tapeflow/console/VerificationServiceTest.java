package io.tapeflow.console;

import static io.tapeflow.api.verification.CheckStatus.CANNOT_VERIFY;
import static io.tapeflow.api.verification.CheckStatus.FAIL;
import static io.tapeflow.api.verification.CheckStatus.PASS;
import static io.tapeflow.console.Samples.BTC;
import static io.tapeflow.console.Samples.NOW;
import static io.tapeflow.console.Samples.live;
import static io.tapeflow.console.Samples.well;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.CheckStatus;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.VerificationReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationServiceTest {
  private final Scopes scopes = new Scopes(Samples.CLOCK, 10);

  private VerificationService service(LiveServices services) {
    return new VerificationService(services, scopes, Samples.CLOCK);
  }

  private final VerificationService empty = service(new LiveServices(List.of(), List.of(), null));

  @Test
  void asksTheServices() {
    TaskLedger open = () -> Samples.ledger("stream", Samples.beat(0.1));
    TaskLedger closed = () -> Samples.closedLedger("old", 0.1, 0, 0);
    scopes.addLedger(open);
    scopes.addLedger(closed);
    scopes.removeLedger(closed);

    VerificationReport report =
        service(
                new LiveServices(
                    List.of(new FakeStream(new StreamSample().live(live(BTC)).status())),
                    List.of(() -> List.of(Samples.listener(0, 0))),
                    new FakeOrderFlow(
                        BTC, Samples.snapshot(BTC, MetricStatus.OK, MetricStatus.OK))))
            .verify();

    assertThat(report.at()).isEqualTo(NOW);
    assertThat(report.checks()).extracting(CheckResult::status).containsOnly(PASS);
  }

  @Test
  void oneServiceThatThrowsDoesNotHideTheOthers() {
    FakeStream broken = new FakeStream(null);

    VerificationReport report =
        service(
                new LiveServices(
                    List.of(broken, new FakeStream(new StreamSample().live(live(BTC)).status())),
                    List.of(),
                    new FakeOrderFlow(
                        BTC, Samples.snapshot(BTC, MetricStatus.OK, MetricStatus.OK))))
            .verify();

    assertThat(report.checks().get(3).status()).isEqualTo(FAIL);
    assertThat(report.checks().get(3).evidence().get(0))
        .isEqualTo("A stream service did not answer: java.lang.IllegalStateException: no status.");
    assertThat(report.checks().get(4).status()).isEqualTo(PASS);
    assertThat(report.checks().get(5).status()).isEqualTo(PASS);
  }

  @Test
  void remembersSinceWhenAVerdictHolds() {
    assertThat(third(NOW, false)).returns(CANNOT_VERIFY, CheckResult::status);
    assertThat(third(NOW.plusSeconds(1), true))
        .returns(PASS, CheckResult::status)
        .returns(NOW.plusSeconds(1), CheckResult::since);
    CheckResult later = third(NOW.plusSeconds(9), true);
    assertThat(later.since()).isEqualTo(NOW.plusSeconds(1));
    assertThat(later.timeline())
        .containsExactly(
            "2026-01-04T11:59:59Z metrics: closed in 200 ms of 5000 ms allowed: 1 finished,"
                + " 4 cancelled, 1 forced, 0 abandoned",
            "2026-01-04T12:00:00Z verdict CANNOT_VERIFY",
            "2026-01-04T12:00:01Z verdict PASS");
  }

  private CheckResult third(Instant at, boolean stopped) {
    Samples.Seen seen = well().at(at);
    return empty
        .report((stopped ? seen : seen.closed(ClosedScopes.NONE)).observation())
        .checks()
        .get(2);
  }

  @Test
  void writesText() {
    String text = empty.write(report(), ReportFormat.TEXT);

    assertThat(text)
        .isEqualTo(
            """
            Verification at 2026-01-04T12:00:00Z

            Root cause: It | broke

              #  Check              Verdict        Since
              1  No task destroyed  PASS           2026-01-04T11:59:00Z
              2  Initialises once   CANNOT_VERIFY  2026-01-04T11:58:00Z

            1 No task destroyed: PASS
              - 3 tasks <live>.
                first
                second

            2 Initialises once: CANNOT_VERIFY
              - There is no stream.
            """);
  }

  @Test
  void writesMarkdown() {
    String text = empty.write(report(), ReportFormat.MARKDOWN);

    assertThat(text)
        .isEqualTo(
            """
            # Verification at 2026-01-04T12:00:00Z

            **Root cause:** It \\| broke

            | # | Check | Verdict | Since |
            |---|---|---|---|
            | 1 | No task destroyed | PASS | 2026-01-04T11:59:00Z |
            | 2 | Initialises once | CANNOT_VERIFY | 2026-01-04T11:58:00Z |

            ## 1 No task destroyed: PASS

            - 3 tasks \\<live\\>.

            Timeline:

            - first
            - second

            ## 2 Initialises once: CANNOT_VERIFY

            - There is no stream.
            """);
  }

  @Test
  void writesJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(empty.write(report(), ReportFormat.JSON));

    assertThat(json.fieldNames()).toIterable().containsExactly("at", "checks", "rootCause");
    assertThat(json.path("at").textValue()).isEqualTo("2026-01-04T12:00:00Z");
    assertThat(json.path("rootCause").textValue()).isEqualTo("It | broke");
    JsonNode check = json.path("checks").path(0);
    assertThat(check.fieldNames())
        .toIterable()
        .containsExactly("id", "name", "status", "since", "evidence", "timeline");
    assertThat(check.path("id").isInt()).isTrue();
    assertThat(check.path("status").textValue()).isEqualTo("PASS");
    assertThat(check.path("since").textValue()).isEqualTo("2026-01-04T11:59:00Z");
    assertThat(check.path("evidence").path(0).textValue()).isEqualTo("3 tasks <live>.");
    assertThat(check.path("timeline")).hasSize(2);
    assertThat(json.path("checks").path(1).path("timeline").isArray()).isTrue();
  }

  private static VerificationReport report() {
    return new VerificationReport(
        NOW,
        List.of(
            new CheckResult(
                1,
                "No task destroyed",
                CheckStatus.PASS,
                NOW.minusSeconds(60),
                List.of("3 tasks <live>."),
                List.of("first", "second")),
            new CheckResult(
                2,
                "Initialises once",
                CheckStatus.CANNOT_VERIFY,
                NOW.minusSeconds(120),
                List.of("There is no stream."),
                List.of())),
        "It | broke");
  }
}
