package io.tapeflow.console;

import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.Verification;
import io.tapeflow.api.verification.VerificationReport;
import io.tapeflow.tasks.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes the six checks on demand, from what the services say at that moment. Immediate, because it
 * remembers since when a verdict holds.
 */
@Component(service = Verification.class, immediate = true)
public final class VerificationService implements Verification {
  private static final List<Check> CHECKS =
      List.of(
          new TaskCheck(),
          new InitialisationCheck(),
          new ShutdownCheck(),
          new ConnectionCheck(),
          new HistoryCheck(),
          new MetricsCheck());

  private final LiveServices services;
  private final Scopes scopes;
  private final Clock clock;
  private final VerdictMemory memory = new VerdictMemory();

  /** Uses the machine's clock. */
  @Activate
  public VerificationService(@Reference LiveServices services, @Reference Scopes scopes) {
    this(services, scopes, Clock.SYSTEM);
  }

  VerificationService(LiveServices services, Scopes scopes, Clock clock) {
    this.services = services;
    this.scopes = scopes;
    this.clock = clock;
  }

  @Override
  public VerificationReport verify() {
    return report(Observation.of(services, scopes, clock.now()));
  }

  VerificationReport report(Observation seen) {
    Map<Check, Findings> found = new LinkedHashMap<>();
    for (Check check : CHECKS) {
      found.put(check, examine(check, seen));
    }
    List<CheckResult> results = new ArrayList<>();
    found.forEach((check, findings) -> results.add(result(check, findings, seen)));
    return new VerificationReport(seen.at(), results, RootCause.of(found));
  }

  @Override
  public String write(VerificationReport report, ReportFormat format) {
    return switch (format) {
      case TEXT -> ReportText.of(report);
      case MARKDOWN -> ReportMarkdown.of(report);
      case JSON -> ReportJson.of(report);
    };
  }

  @Override
  public String shutdownReport() {
    return scopes.closed().report();
  }

  private static Findings examine(Check check, Observation seen) {
    Findings findings = new Findings();
    check.examine(seen, findings);
    seen.faults().stream()
        .filter(fault -> fault.check() == check.id())
        .forEach(fault -> findings.fail(Cause.INTERNAL, fault.sentence()));
    return findings;
  }

  private CheckResult result(Check check, Findings findings, Observation seen) {
    List<Event> verdicts = memory.enter(check.id(), findings.status(), seen.at());
    List<String> evidence = findings.evidence();
    return new CheckResult(
        check.id(),
        check.name(),
        findings.status(),
        verdicts.get(verdicts.size() - 1).at(),
        evidence.isEmpty() ? List.of("There is nothing to observe.") : evidence,
        Stream.concat(check.events(seen).stream(), verdicts.stream())
            .sorted(Comparator.comparing(Event::at))
            .map(Event::toString)
            .toList());
  }
}
