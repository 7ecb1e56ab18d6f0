package io.tapeflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** The changes of the connections and of the checks, each once. */
final class RunScreen implements Screen {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /**
   * While nothing changes and nothing fails, the checks are looked at only so seldom: they have all
   * metrics computed, for which trades have to wait.
   */
  private static final int LOOKS_IN_CALM = 5;

  /**
   * With a thousand instruments they take long: at the most so much of the time is spent on them.
   */
  private static final int LOOKS_FOR_THEIR_LENGTH = 20;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final String title;
  private final boolean report;
  private final Map<String, String> told = new HashMap<>();
  private int looksToChecks;

  /**
   * Of an instance.
   *
   * @param title what it runs on
   * @param report whether it ends with a report for machines
   */
  RunScreen(String title, boolean report) {
    this.title = title;
    this.report = report;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void watch(Api api, Terminal terminal) throws InterruptedException {
    while (true) {
      try {
        look(api, terminal);
        told.remove("api");
      } catch (IOException | CommandFailure e) {
        tell(
            terminal,
            "api",
            "The API at " + api.address("") + " gives no answer: " + e.getMessage());
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  @Override
  public String lastLine(Api api) throws IOException, InterruptedException {
    return report ? RunReport.of(api) : "";
  }

  private void look(Api api, Terminal terminal)
      throws IOException, InterruptedException, CommandFailure {
    boolean changed = false;
    for (JsonNode stream : api.get("streams")) {
      String id = stream.path("id").asText();
      changed |=
          tell(terminal, "stream " + id, stream.path("venue").asText() + ": " + state(stream));
      for (JsonNode instrument : stream.path("instruments")) {
        tell(terminal, instrument);
      }
    }
    looksToChecks--;
    if (changed || looksToChecks <= 0) {
      long begun = System.nanoTime();
      int calm = lookAtChecks(api, terminal) ? 1 : LOOKS_IN_CALM;
      long took = System.nanoTime() - begun;
      looksToChecks = (int) Math.max(calm, took * LOOKS_FOR_THEIR_LENGTH / LOOK.toNanos());
    }
  }

  /** Whether they have changed, or one fails. */
  private boolean lookAtChecks(Api api, Terminal terminal)
      throws IOException, InterruptedException, CommandFailure {
    Checks checks = Checks.of(api.get("verification"));
    boolean changed = false;
    for (Checks.Check check : checks.checks()) {
      changed |= tell(terminal, "check " + check.id(), check.status(), check.sentence());
    }
    if (checks.failed()) {
      // Its words have times and counts in them: it is new only if a verdict is.
      tell(terminal, "cause", checks.verdicts(), "Root cause: " + checks.rootCause());
    } else {
      told.remove("cause");
    }
    return changed || checks.failed();
  }

  /** An instrument is of interest here only if its stream cannot bring it at all. */
  private void tell(Terminal terminal, JsonNode instrument) {
    String name = instrument.path("instrument").asText();
    String state = instrument.path("state").asText();
    if (state.equals("REJECTED") || state.equals("CLAIMED_ELSEWHERE")) {
      tell(terminal, name, name + ": " + state + ". " + instrument.path("reason").asText());
    } else {
      told.remove(name);
    }
  }

  private static String state(JsonNode stream) {
    String state = stream.path("state").asText();
    return switch (state) {
      case "CONNECTING" ->
          state
              + " ("
              + stream.path("phase").asText()
              + "), attempt "
              + stream.path("attempt").asInt();
      case "BACKING_OFF" ->
          state + after(stream.path("lastError")) + ", next attempt at " + retry(stream);
      case "STALLED", "STOPPED" -> state + after(stream.path("lastError"));
      default -> state;
    };
  }

  private static String after(JsonNode error) {
    if (!error.isObject()) {
      return "";
    }
    String phase = error.path("phase").asText("");
    return " after "
        + error.path("kind").asText()
        + (phase.isEmpty() ? "" : " in " + phase)
        + " ("
        + error.path("message").asText()
        + ")";
  }

  private static String retry(JsonNode stream) {
    String at = stream.path("nextRetryAt").asText("");
    return at.isEmpty() ? "once" : TIME.format(Instant.parse(at).atZone(ZoneId.systemDefault()));
  }

  private boolean tell(Terminal terminal, String subject, String text) {
    return tell(terminal, subject, text, text);
  }

  /** Says a sentence if what it is about has changed. Returns whether it has. */
  private boolean tell(Terminal terminal, String subject, String change, String sentence) {
    boolean changed = !change.equals(told.put(subject, change));
    if (changed) {
      terminal.line(
          TIME.format(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS))
              + "  "
              + sentence);
    }
    return changed;
  }
}
