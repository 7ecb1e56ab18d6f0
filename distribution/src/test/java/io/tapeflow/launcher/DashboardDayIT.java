package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard through a whole day of an exchange, played so many times as fast as it was: it
 * keeps drawing, and its memory does not grow. Only run when asked for, because it takes minutes:
 *
 * <p>{@code mvn -pl distribution -am verify -Dtest=none -Dit.test=DashboardDayIT
 * -Dtapeflow.dashboard.speed=240}
 */
@EnabledIfSystemProperty(named = "tapeflow.dashboard.speed", matches = "[0-9]+")
class DashboardDayIT {
  private static final int LOOKS = 20;

  /**
   * What a drawing leaves on the page, and whatever kept the browser busy for longer than 50 ms.
   */
  private static final String WATCH =
      """
      window.seen = {frames: 0, busy: 0, longest: 0};
      new MutationObserver(() => seen.frames++)
        .observe(document.body, {attributes: true, attributeFilter: ['data-last-id']});
      new PerformanceObserver(list => list.getEntries().forEach(it => {
        seen.busy++;
        seen.longest = Math.max(seen.longest, it.duration);
      })).observe({type: 'longtask'});
      """;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void drawsOnAndDoesNotGrow() throws Exception {
    int speed = Integer.getInteger("tapeflow.dashboard.speed");
    long lookMillis = TimeUnit.DAYS.toMillis(1) / speed / (LOOKS + 1);
    Path archive = ReplayIT.recorded("BTCUSDC-aggTrades-2025-10-04.zip");
    Path home = folder.resolve("home");
    try (Browser browser =
            Browser.start(folder.resolve("profile"), folder.resolve("pictures")).orElseThrow();
        TapeflowProcess replay =
            TapeflowProcess.start(
                folder,
                "replay",
                archive.toString(),
                "--speed=" + speed,
                "--http-port=0",
                "--home=" + home)) {
      browser.open(new Operator(replay.address(), home).dashboard(), 1440, 900, false);
      browser
          .patiently("trades")
          .until(() -> browser.<Boolean>run("return Boolean(document.body.dataset.lastId)"));
      browser.run(WATCH);

      List<Long> heaps = new ArrayList<>();
      for (int i = 0; i < LOOKS; i++) {
        Thread.sleep(lookMillis);
        heaps.add(browser.heapBytes());
        Map<String, Object> seen = browser.run("return {...seen, at: performance.now()}");
        System.out.printf("%s, heap %d KiB%n", seen, heaps.get(i) / 1024);
      }

      assertThat(browser.<Long>run("return seen.frames")).isGreaterThan(LOOKS);
      assertThat(greatest(heaps.subList(LOOKS / 2, LOOKS)))
          .isLessThan(greatest(heaps.subList(LOOKS / 4, LOOKS / 2)) * 5 / 4);
      assertThat(browser.console()).isEmpty();
    }
  }

  private static long greatest(List<Long> heaps) {
    return heaps.stream().mapToLong(Long::longValue).max().orElseThrow();
  }
}
