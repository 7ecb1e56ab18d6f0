package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A busy market on the dashboard, for as many seconds as {@code tapeflow.page.seconds} says. What
 * the page holds must not grow, and it must not fall behind. How often it drew and how long that
 * took depends on the machine: it is written to {@code target/dashboard-soak.json}.
 */
class DashboardSoakIT {
  private static final Path RESULT = Path.of("target", "dashboard-soak.json").toAbsolutePath();
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
  private static final int SECONDS = Integer.getInteger("tapeflow.page.seconds", 20);

  /** So many that there is something new for each drawing. */
  private static final int TRADES_PER_SECOND = 500;

  /** The page keeps no more than 11,000. */
  private static final int WARM_UP_TRADES = 12_000;

  /** What the second half may hold beyond what the first half did. */
  private static final double TOLERANCE = 0.10;

  private static final double MEGABYTE = 1 << 20;

  /**
   * Counts in the page, in so little memory that it does not disturb. At each drawing the page
   * writes into its body which trade it has come to.
   */
  private static final String WATCH =
      """
      const watch = window.watch = {};
      const body = document.body;
      const record = () => Object.assign(watch, {since: performance.now(), drawings: 0, changes: 0,
        frames: 0, lost: 0, longest: 0, longTasks: 0, longTaskMillis: 0, longestTask: 0,
        intervals: new Array(300).fill(0), drawn: null, framed: null, paused: false});
      let id = body.dataset.lastId;
      new MutationObserver(all => {
        if (watch.paused) return;
        const now = performance.now();
        watch.drawings += all.length;
        if (watch.drawn !== null) watch.intervals[Math.min(299, Math.round(now - watch.drawn))]++;
        watch.drawn = now;
        if (id !== body.dataset.lastId) watch.changes++;
        id = body.dataset.lastId;
      }).observe(body, {attributes: true, attributeFilter: ['data-last-id']});
      const count = tasks => {
        for (const task of tasks) {
          if (watch.paused || task.startTime < watch.since) continue;
          watch.longTasks++;
          watch.longTaskMillis += task.duration;
          watch.longestTask = Math.max(watch.longestTask, task.duration);
        }
      };
      const tasks = new PerformanceObserver(list => count(list.getEntries()));
      tasks.observe({type: 'longtask'});
      const frame = now => {
        if (!watch.paused) {
          if (watch.framed !== null) {
            const took = now - watch.framed;
            watch.frames++;
            watch.lost += Math.max(0, Math.round(took * 60 / 1000) - 1);
            watch.longest = Math.max(watch.longest, took);
          }
          watch.framed = now;
        }
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      watch.take = () => {
        count(tasks.takeRecords());
        watch.paused = true;
        return {millis: performance.now() - watch.since, ...watch};
      };
      watch.resume = record;
      record();
      """;

  /** How long the page takes to show what the API has. */
  private static final String LAG =
      """
      const began = performance.now();
      const newest = (await (await fetch('api/trades/BTCUSDT?limit=1')).json()).trades[0].id;
      const shown = () => Number(document.body.dataset.lastId);
      const behind = Math.max(0, newest - shown());
      while (shown() < newest) await new Promise(done => setTimeout(done, 5));
      return {behind, millis: performance.now() - began};
      """;

  /**
   * What was seen in a time, and what the page held at its end.
   *
   * @param at seconds since the watch began
   */
  private record Sample(
      double at,
      double drawingsPerSecond,
      double changesPerSecond,
      double framesPerSecond,
      long framesLost,
      double longestFrameMillis,
      long longTasks,
      double longestTaskMillis,
      List<Long> intervals,
      double scriptMillisPerDrawing,
      double taskMillisPerDrawing,
      double threadMillisPerDrawing,
      double styleMillisPerDrawing,
      double layoutMillisPerDrawing,
      double busy,
      double heapMegabytes,
      double nodes,
      double listeners,
      double behindTrades,
      double lagMillis) {}

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void holdsNoMoreWithTimeAndKeepsUp(@TempDir Path folder) throws Exception {
    Port port = Port.free();
    Path home = folder.resolve("home");
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        conf.resolve("io.tapeflow.simulator-busy.cfg"),
        "port = %d\nsymbols = BTCUSDT\nrate = %d\n".formatted(port.number(), TRADES_PER_SECOND));
    List<Sample> samples = new ArrayList<>();
    try (Browser browser = Browser.start(folder.resolve("profile"), SCREENSHOTS).orElse(null)) {
      if (browser == null) {
        System.err.println(Browser.MISSING);
      }
      Assumptions.assumeTrue(browser != null, Browser.MISSING);
      TapeflowProcess tapeflow =
          TapeflowProcess.start(
              folder,
              "run",
              "--venue=binance-spot",
              "--symbols=BTCUSDT",
              "--ws-endpoint=ws://127.0.0.1:" + port.number(),
              "--rest-endpoint=http://127.0.0.1:" + port.number(),
              "--http-port=0",
              "--home=" + home);
      try (tapeflow) {
        browser.open(new Operator(tapeflow.address(), home).dashboard(), 1440, 900, false);
        warmUp(browser);
        browser.run(WATCH);
        long began = System.nanoTime();
        Duration every = Duration.ofSeconds(SECONDS).dividedBy(Math.max(10, SECONDS / 60));
        for (Duration at = every; at.toSeconds() <= SECONDS; at = at.plus(every)) {
          samples.add(sample(browser, began, at));
          write(samples);
          assertThat(browser.console()).isEmpty();
          browser
              .patiently("healthy")
              .untilAsserted(() -> assertThat(browser.text("health")).startsWith("Healthy"));
        }
        browser.picture("soak");
      }
    }
    assertFlat(samples, "megabytes of heap", 1, Sample::heapMegabytes);
    assertFlat(samples, "nodes", 50, Sample::nodes);
    assertFlat(samples, "listeners", 5, Sample::listeners);
  }

  /** Until the page holds as many trades as it ever will, in the bars that are made most often. */
  private static void warmUp(Browser browser) {
    browser
        .patiently("the first trade")
        .until(
            () -> browser.<String>run("return document.body.dataset.lastId ?? ''"),
            it -> !it.isEmpty());
    browser.run(
        "document.getElementById('timeframe').value = 5000;"
            + " document.getElementById('timeframe').dispatchEvent(new Event('change'))");
    long first = newest(browser);
    browser
        .patiently("a full tape")
        .atMost(Duration.ofMinutes(3))
        .until(() -> newest(browser) - first > WARM_UP_TRADES);
  }

  private static long newest(Browser browser) {
    return browser.<Long>run("return Number(document.body.dataset.lastId)");
  }

  private static Sample sample(Browser browser, long began, Duration at) {
    browser.collectGarbage();
    Map<String, Double> before = browser.metrics();
    browser.run("watch.resume()");
    LockSupport.parkNanos(began + at.toNanos() - System.nanoTime());
    Map<String, Object> lag = browser.await(LAG);
    Map<String, Object> seen = browser.run("return watch.take()");
    Map<String, Double> after = browser.metrics();
    browser.collectGarbage();
    Map<String, Double> held = browser.metrics();
    double seconds = number(seen, "millis") / 1_000;
    double drawings = Math.max(1, number(seen, "drawings"));
    @SuppressWarnings("unchecked")
    List<Long> intervals = (List<Long>) seen.get("intervals");
    return new Sample(
        (System.nanoTime() - began) / 1e9,
        number(seen, "drawings") / seconds,
        number(seen, "changes") / seconds,
        number(seen, "frames") / seconds,
        Math.round(number(seen, "lost")),
        number(seen, "longest"),
        Math.round(number(seen, "longTasks")),
        number(seen, "longestTask"),
        intervals,
        spent(before, after, "ScriptDuration") * 1_000 / drawings,
        spent(before, after, "TaskDuration") * 1_000 / drawings,
        spent(before, after, "ThreadTime") * 1_000 / drawings,
        spent(before, after, "RecalcStyleDuration") * 1_000 / drawings,
        spent(before, after, "LayoutDuration") * 1_000 / drawings,
        spent(before, after, "TaskDuration") / spent(before, after, "Timestamp"),
        held.get("JSHeapUsedSize") / MEGABYTE,
        held.get("Nodes"),
        held.get("JSEventListeners"),
        number(lag, "behind"),
        number(lag, "millis"));
  }

  private static double spent(
      Map<String, Double> before, Map<String, Double> after, String metric) {
    return after.get(metric) - before.get(metric);
  }

  private static double number(Map<String, Object> seen, String name) {
    return ((Number) seen.get(name)).doubleValue();
  }

  private static void assertFlat(
      List<Sample> samples, String what, double some, ToDoubleFunction<Sample> of) {
    int half = samples.size() / 2;
    double first = samples.subList(0, half).stream().mapToDouble(of).max().orElseThrow();
    double second =
        samples.subList(half, samples.size()).stream().mapToDouble(of).max().orElseThrow();
    assertThat(second)
        .as(what + " in the second half, after " + first + " in the first")
        .isLessThanOrEqualTo(first * (1 + TOLERANCE) + some);
  }

  private static void write(List<Sample> samples) throws Exception {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("tradesPerSecond", TRADES_PER_SECOND);
    result.put("samples", samples);
    Files.createDirectories(RESULT.getParent());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(RESULT.toFile(), result);
  }
}
