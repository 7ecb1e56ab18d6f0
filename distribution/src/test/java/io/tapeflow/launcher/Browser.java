package io.tapeflow.launcher;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a page, which reaches this machine and nothing else. */
final class Browser implements AutoCloseable {
  /** What a machine without it is told. */
  static final String MISSING =
      "SKIPPED: the dashboard is not tested, because there is no chromium or no chromedriver on the"
          + " PATH. On Debian: apt-get install chromium chromium-driver";

  /** It would warn that it has no classes for the protocol of this very version; none is used. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ChromeDriver driver;
  private final Path screenshots;

  private Browser(ChromeDriver driver, Path screenshots) {
    this.driver = driver;
    this.screenshots = screenshots;
  }

  /**
   * Starts one, if the machine has it; nothing is looked for elsewhere.
   *
   * @param profile an empty folder for what it writes
   * @param screenshots where pictures are kept
   */
  static Optional<Browser> start(Path profile, Path screenshots) throws IOException {
    Optional<Path> chromium = onPath("chromium");
    Optional<Path> chromedriver = onPath("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      return Optional.empty();
    }
    DEVTOOLS.setLevel(Level.OFF);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Whatever the page would want from elsewhere, it does not get.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get().toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    Files.createDirectories(screenshots);
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return Optional.of(new Browser(driver, screenshots));
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Shows a page in a window of a size, to somebody who likes it dark or light and was never there.
   */
  void open(URI page, int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin",
        Map.of("origin", page.resolve("/").toString(), "storageTypes", "local_storage"));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    driver.get(page.toString());
  }

  String text(String id) {
    return run("return document.getElementById(arguments[0]).innerText", id);
  }

  /** The value of an expression in the page. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Whoever asks knows it.
  <T> T run(String script, Object... args) {
    return (T) driver.executeScript(script, args);
  }

  /** The same of what has to be waited for. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Whoever asks knows it.
  <T> T await(String script) {
    return (T)
        driver.executeAsyncScript(
            "const told = arguments[0]; (async () => {" + script + "})().then(told);");
  }

  /** Presses keys where the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Lets the focus begin at the top. */
  void pressAtTop(Keys key) {
    driver.findElement(By.tagName("body")).sendKeys(key);
  }

  ConditionFactory patiently(String what) {
    return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
  }

  /** What the page holds, and the seconds that it has worked, by CDP's names. */
  Map<String, Double> metrics() {
    driver.executeCdpCommand("Performance.enable", Map.of());
    return ((List<?>) driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics"))
        .stream()
            .map(it -> (Map<?, ?>) it)
            .collect(
                Collectors.toMap(
                    it -> (String) it.get("name"), it -> ((Number) it.get("value")).doubleValue()));
  }

  void collectGarbage() {
    driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
  }

  /** Keeps a picture of what is to be seen now. */
  Path picture(String name) throws IOException {
    return Files.write(
        screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What the page has written on its console since it was last asked; errors of loading too. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
