package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The dashboard of a running demo, as a person sees it in a real browser. */
class DashboardIT {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int STALE_MS = 3_000;

  private static final Pattern NEWEST_BAR =
      Pattern.compile("The newest bar: bought (\\S+), sold (\\S+), last price ([0-9.]+)\\.");

  private static Browser browser;
  private static TapeflowProcess demo;
  private static Operator operator;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.start(folder.resolve("profile"), SCREENSHOTS).orElse(null);
    if (browser == null) {
      System.err.println(Browser.MISSING);
    }
    Assumptions.assumeTrue(browser != null, Browser.MISSING);
    Path home = folder.resolve("home");
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.writeString(conf.resolve("io.tapeflow.metrics.cfg"), "stale.ms = " + STALE_MS + "\n");
    Path plans = Files.createDirectories(conf.resolve("plans"));
    Files.writeString(
        plans.resolve("patient.yaml"),
        """
        id: patient
        instrument: BTCUSDT
        direction: BUY
        conditions: {vwap_deviation: {threshold: 50.0, direction: below}}
        """);
    demo = TapeflowProcess.start(folder, "demo", "--shell", "--http-port=0", "--home=" + home);
    operator = new Operator(demo.address(), home);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (demo != null) {
      demo.stop();
    }
  }

  @AfterEach
  void nothingIsWrongOnTheConsole() throws IOException {
    demo.type("fault clear");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void answersAtOnceWhetherItIsHealthyWhoIsInControlAndWhereLargeTradesWere() throws Exception {
    openLive(1440, 900, false);

    browser
        .patiently("words of health, control and large trades")
        .untilAsserted(
            () -> {
              assertThat(browser.text("health")).startsWith("Healthy");
              assertThat(browser.text("control")).containsPattern("Buyers|Sellers|Neither side");
              assertThat(browser.text("windows")).contains("bought", "sold");
              assertThat(browser.text("largest")).matches("(BUY|SELL) [0-9.,]+ at [0-9.]+");
              assertThat(browser.text("connection")).contains("binance-spot LIVE");
              assertThat(browser.text("plans")).contains("patient");
            });
    assertThat(browser.text("checks")).contains("1 ", "6 ", "PASS");
    browser.picture("light");

    openLive(1440, 900, true);
    assertThat(theme()).isEqualTo("dark");
    browser.picture("dark");
  }

  @Test
  void showsTheNumbersOfTheApi() throws Exception {
    openLive(1440, 900, false);
    Set<String> seen = new HashSet<>();

    browser
        .patiently("numbers equal to the API's")
        .untilAsserted(
            () -> {
              Map<String, Object> both = pageAndApi();
              JsonNode api = MAPPER.readTree((String) both.get("api"));
              @SuppressWarnings("unchecked")
              Map<String, List<String>> gauges = (Map<String, List<String>>) both.get("gauges");
              assertThat(decimal((String) both.get("price")))
                  .isEqualByComparingTo(value(api, "price.last"));
              gauges.forEach(
                  (name, cells) -> {
                    rounds(cells.get(1), cells.get(0));
                    // A window ages between the two answers; all are equal at one time or another.
                    if (cells
                        .get(0)
                        .equals(api.path("metrics").path(name).path("value").asText(""))) {
                      seen.add(name);
                    }
                  });
              assertThat(gauges).hasSizeGreaterThan(30);
              assertThat(seen).containsAll(gauges.keySet());
            });

    JsonNode trades = operator.get("tapeflow/api/trades/BTCUSDT?limit=1000").path("trades");
    List<List<String>> tape =
        browser.run(
            """
            return [...document.querySelectorAll('#tape tbody tr')].slice(-10).map(row =>
              [row.dataset.id, row.cells[1].textContent, row.cells[2].textContent, row.cells[3].textContent]);
            """);
    assertThat(tape).hasSize(10);
    for (List<String> row : tape) {
      JsonNode trade = find(trades, row.get(0));
      assertThat(decimal(row.get(1))).isEqualByComparingTo(trade.path("price").asText());
      assertThat(decimal(row.get(2))).isEqualByComparingTo(trade.path("quantity").asText());
      assertThat(row.get(3)).startsWith(trade.path("side").asText());
    }
  }

  @Test
  void drawsTheFootprintThatTheMetricsHave() throws Exception {
    openLive(1440, 900, false);
    browser.run(
        "document.getElementById('timeframe').value = 60000;"
            + " document.getElementById('timeframe').dispatchEvent(new Event('change'))");

    browser
        .patiently("a minute of the page equal to that of the metrics")
        .untilAsserted(
            () -> {
              Map<String, Object> both = pageAndApi();
              JsonNode api = MAPPER.readTree((String) both.get("api"));
              String words = (String) both.get("chart");
              Matcher said = NEWEST_BAR.matcher(words);
              assertThat(said.find()).as(words).isTrue();
              rounds(said.group(1), value(api, "volume.buy.forming.bar60s").toPlainString());
              rounds(said.group(2), value(api, "volume.sell.forming.bar60s").toPlainString());
              assertThat(decimal(said.group(3)))
                  .isEqualByComparingTo(value(api, "close.forming.bar60s"));
            });
  }

  @Test
  void saysStaleOnceTheFeedIsPulled() throws Exception {
    openLive(1440, 900, false);
    demo.type("fault NO_DATA");

    browser
        .patiently("STALE in words, where the numbers are")
        .untilAsserted(
            () -> {
              assertThat(browser.text("connection")).contains("STALE");
              assertThat(browser.text("health")).contains("Not healthy");
              assertThat(browser.text("move")).contains("STALE");
              assertThat(browser.text("control")).contains("STALE");
              assertThat(browser.text("gauges")).contains("STALE");
            });
    // It is said of what is older than the bound, and soon after it is.
    double age = operator.get("tapeflow/api/metrics/BTCUSDT").path("age").asDouble();
    assertThat(age * 1_000).isBetween((double) STALE_MS, STALE_MS + 10_000.0);
    assertThat(browser.<String>run("return document.title")).startsWith("OLD");
    browser.picture("stale");

    demo.type("fault clear");
    browser
        .patiently("healthy again")
        .untilAsserted(() -> assertThat(browser.text("health")).startsWith("Healthy"));
  }

  @Test
  void showsAHoleAndItsRepair() throws Exception {
    openLive(1440, 900, false);
    demo.type("fault REST_HANG");
    demo.type("fault DROP 7");
    // Behind the hole trades wait for what REST does not give.
    browser
        .patiently("trades that wait")
        .untilAsserted(() -> assertThat(browser.text("connection")).contains("STALE"));
    demo.type("fault DROP 1000000000");
    browser
        .patiently("a hole")
        .untilAsserted(
            () -> {
              assertThat(browser.text("happened")).containsPattern("trades? missing, ids? [0-9]+");
              assertThat(browser.text("health")).startsWith("Not healthy");
              assertThat(browser.text("cause")).contains("are missing");
              assertThat(browser.text("quality")).contains("trades missing");
            });
    browser.picture("hole");

    demo.type("fault clear");
    browser
        .patiently("its repair")
        .untilAsserted(
            () -> {
              assertThat(browser.text("happened")).containsPattern("missing trades? repaired");
              assertThat(browser.text("health")).startsWith("Healthy");
              assertThat(browser.text("quality")).doesNotContain("missing");
            });
    browser.picture("repaired");
  }

  /**
   * The page's own bars, with trades that come late in any order, against bars made anew of all.
   */
  @Test
  void takesIntoItsBarsWhatComesLate() {
    openLive(1440, 900, false);
    List<String> faults =
        browser.await(
            """
            const {Bars, Tape} = await import(location.origin + '/tapeflow/tape.js');
            let seed = 1;
            const random = most => (seed = seed * 48271 % 2147483647) % most;
            const of = bars => JSON.stringify(bars.list.map(bar => [bar.start, bar.open, bar.high, bar.low, bar.last,
              bar.buy, bar.sell, [...bar.rows].sort((a, b) => a[0] - b[0])]));
            const faults = [];
            for (let round = 0; round < 200; round++) {
              const tape = new Tape();
              const bars = new Bars(tape, 1000, 1);
              const late = [];
              for (let id = 1, time = 0; id < 300; id++) {
                time += random(300);
                const trade = {id, timeMicros: time * 1000, price: String(100 + random(10)),
                  quantity: String(1 + random(5)), side: random(2) ? 'BUY' : 'SELL', repaired: false, block: false};
                if (id > 1 && random(5) === 0) late.splice(random(late.length + 1), 0, trade);
                else tape.add([trade]);
                bars.catchUp();
              }
              for (const trade of late) {
                tape.add([trade]).forEach(one => bars.addLate(one));
                bars.catchUp();
              }
              const anew = of(new Bars(tape, 1000, 1));
              if (tape.trades.length !== 299 || of(bars) !== anew) faults.push(round + ': ' + of(bars) + ' is not ' + anew);
            }
            return faults;
            """);
    assertThat(faults).isEmpty();
  }

  @Test
  void isReachableByKeyboard() throws Exception {
    openLive(1440, 900, false);
    Set<String> reached = new LinkedHashSet<>();
    for (int i = 0; i < 40; i++) {
      if (i == 0) {
        browser.pressAtTop(Keys.TAB);
      } else {
        browser.press(Keys.TAB);
      }
      Map<String, String> focus =
          browser.run(
              """
              const at = document.activeElement;
              return {name: at === document.body ? 'BODY' : at.id || at.getAttribute('href') || at.getAttribute('aria-labelledby') || at.textContent.slice(0, 2).trim() || at.className,
                outline: getComputedStyle(at).outlineStyle};
              """);
      if (!reached.add(focus.get("name")) || focus.get("name").equals("BODY")) {
        break;
      }
      assertThat(focus.get("outline")).as("outline of " + focus).isNotEqualTo("none");
    }
    assertThat(reached)
        .contains("#chart", "instrument", "timeframe", "theme", "chart", "1", "6", "api/streams");

    browser.run("document.getElementById('chart').focus()");
    String before = theme();
    browser.press("d");
    assertThat(theme()).isNotEqualTo(before);
    browser.press("d");
    browser.press("i");
    browser
        .patiently("the other instrument")
        .untilAsserted(
            () -> {
              assertThat(browser.<String>run("return document.getElementById('instrument').value"))
                  .endsWith("ETHUSDT");
              assertThat(browser.<String>run("return document.title")).contains("ETHUSDT");
            });
    browser.press("t");
    assertThat(browser.<String>run("return document.getElementById('timeframe').value"))
        .isEqualTo("60000");
    browser.run("document.querySelector('#checks summary').focus()");
    browser.press(Keys.ENTER);
    assertThat(browser.<Boolean>run("return document.querySelector('#checks details').open"))
        .isTrue();
    browser.picture("evidence");
    browser.press(Keys.ESCAPE);
    assertThat(browser.<Boolean>run("return document.querySelector('#checks details').open"))
        .isFalse();
  }

  @Test
  void fitsAPhone() throws Exception {
    for (int width : new int[] {320, 375}) {
      openLive(width, 700, false);

      assertThat(browser.<Long>run("return document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(width);
      assertThat(
              browser.<List<String>>run(
                  """
                  return [...document.querySelectorAll('body *')].filter(it => it.getBoundingClientRect().right > innerWidth + 1
                    && getComputedStyle(it).position !== 'absolute').map(it => it.tagName + '#' + it.id);
                  """))
          .isEmpty();
    }
    browser.picture("phone");
    // The connection and the checks stay in sight.
    browser.run("scrollTo(0, document.body.scrollHeight)");
    for (String id : List.of("connection", "checks")) {
      assertThat(
              browser.<Boolean>run(
                  "const box = document.getElementById(arguments[0]).getBoundingClientRect();"
                      + " return box.top >= 0 && box.bottom < innerHeight",
                  id))
          .as(id)
          .isTrue();
    }
    browser.picture("phone-scrolled");
  }

  @Test
  void needsNothingFromElsewhere() throws Exception {
    openLive(1440, 900, false);

    List<String> loaded =
        browser.run("return performance.getEntriesByType('resource').map(it => it.name)");
    assertThat(loaded)
        .hasSizeGreaterThan(7)
        .allSatisfy(it -> assertThat(it).startsWith(operator.address().toString()));
  }

  /** What page and API show as of the same trade, which only the page itself can catch. */
  private static Map<String, Object> pageAndApi() {
    return browser.await(
        """
        const page = () => {
          const gauges = {};
          for (const row of document.querySelectorAll('#gauges tbody tr')) {
            gauges[row.dataset.metric] = [row.cells[1].dataset.value, row.cells[1].textContent];
          }
          return {gauges, price: document.getElementById('price').textContent,
            chart: document.getElementById('chart').getAttribute('aria-label')};
        };
        for (let i = 0; i < 200; i++) {
          const api = await (await fetch('api/metrics/BTCUSDT')).text();
          await new Promise(done => setTimeout(done, 60));
          const last = String(JSON.parse(api).lastTradeId);
          if (document.body.dataset.snapshotId === last && document.body.dataset.lastId === last) return {...page(), api};
        }
        return null;
        """);
  }

  /** The page with trades and metrics on it. */
  private static void openLive(int width, int height, boolean dark) {
    browser.open(operator.dashboard(), width, height, dark);
    browser
        .patiently("live numbers")
        .untilAsserted(
            () -> {
              assertThat(browser.text("connection")).contains("LIVE").doesNotContain("STALE");
              assertThat(
                      browser.<Boolean>run(
                          "return Boolean(document.body.dataset.snapshotId &&"
                              + " document.body.dataset.lastId && document.querySelector('#checks"
                              + " details'))"))
                  .isTrue();
            });
  }

  private static String theme() {
    return browser.run("return document.documentElement.dataset.theme");
  }

  private static BigDecimal value(JsonNode metrics, String name) {
    return new BigDecimal(metrics.path("metrics").path(name).path("value").asText());
  }

  private static JsonNode find(JsonNode trades, String id) {
    for (JsonNode trade : trades) {
      if (trade.path("id").asText().equals(id)) {
        return trade;
      }
    }
    throw new AssertionError("The API has no trade " + id);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text.replace(",", ""));
  }

  /** What is shown is the number at fewer digits, or the word itself. */
  private static void rounds(String shown, String value) {
    if (value.isEmpty()) {
      assertThat(shown).isEqualTo("–");
    } else if (value.matches("-?[0-9.]+")) {
      double number = Double.parseDouble(value);
      double step = Math.abs(number) >= 1_000 ? 0.1 : Math.abs(number) >= 10 ? 0.01 : 0.0001;
      assertThat(decimal(shown).doubleValue()).isEqualTo(number, within(step));
    } else {
      assertThat(shown).isEqualTo(value);
    }
  }
}
