package io.tapeflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A line per instrument, often at first and seldom later, and the checks when they change. */
final class DemoScreen implements Screen {
  private static final Duration FIRST_LOOK = Duration.ofMillis(100);
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofSeconds(10);
  private static final int LINES_OFTEN = 10;

  private final List<String> symbols;

  private String told = "";

  DemoScreen(List<String> symbols) {
    this.symbols = List.copyOf(symbols);
  }

  @Override
  public String title() {
    return "demo on an embedded venue, a made-up market in " + String.join(", ", symbols);
  }

  @Override
  public void watch(Api api, Terminal terminal) throws InterruptedException {
    awaitTrades(api, terminal);
    boolean well = false;
    for (int lines = 0; lines < LINES_OFTEN && !well; lines++) {
      well = show(api, terminal);
      Thread.sleep(OFTEN.toMillis());
    }
    terminal.line("From now on every " + SELDOM.toSeconds() + " s.");
    while (true) {
      Thread.sleep(SELDOM.toMillis());
      show(api, terminal);
    }
  }

  /** The first lines are to show trades, not that there are none yet; but not for ever. */
  private void awaitTrades(Api api, Terminal terminal) throws InterruptedException {
    for (long waited = 0; waited < SELDOM.toMillis(); waited += FIRST_LOOK.toMillis()) {
      try {
        boolean all = true;
        for (String symbol : symbols) {
          all &= api.get("metrics/" + symbol).path("lastTradeId").asLong(-1) >= 0;
        }
        if (all) {
          return;
        }
      } catch (IOException e) {
        // Not there yet. If it stays so, the first lines say it.
      }
      Thread.sleep(FIRST_LOOK.toMillis());
    }
    terminal.line("No trades yet after " + SELDOM.toSeconds() + " s.");
  }

  /** One look; whether all is well. */
  private boolean show(Api api, Terminal terminal) throws InterruptedException {
    try {
      JsonNode streams = api.get("streams");
      boolean well = true;
      for (String symbol : symbols) {
        Flow flow = Flow.of(symbol, streams, api.get("metrics/" + symbol));
        terminal.line(flow.line());
        well &= flow.ok();
      }
      Checks checks = Checks.of(api.get("verification"));
      if (!checks.verdicts().equals(told)) {
        told = checks.verdicts();
        terminal.line(checks.line());
        if (checks.failed()) {
          terminal.line("Root cause: " + checks.rootCause());
        }
      }
      return well && checks.allPass();
    } catch (IOException | CommandFailure e) {
      terminal.line("The API at " + api.address("") + " gives no answer: " + e.getMessage());
      return false;
    }
  }
}
