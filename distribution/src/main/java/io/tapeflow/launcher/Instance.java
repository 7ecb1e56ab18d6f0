package io.tapeflow.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One running Tapeflow: from the start of the framework until it has been stopped. */
final class Instance {
  /** It would tell every class it registers, and logs past Logback. */
  private static final Logger SPI_FLY = Logger.getLogger("org.apache.aries.spifly");

  private final Home home;
  private final Path distribution;
  private final Port httpPort;
  private final boolean shell;
  private final Setup setup;
  private final Screen screen;
  private final Terminal terminal = new Terminal(System.out, System.err);

  private Platform platform;
  private volatile OrderlyStop orderlyStop;

  Instance(Home home, Path distribution, Port httpPort, boolean shell, Setup setup, Screen screen) {
    this.home = home;
    this.distribution = distribution;
    this.httpPort = httpPort;
    this.shell = shell;
    this.setup = setup;
    this.screen = screen;
  }

  /** Starts it and stays until it has been stopped, by a signal or from one of its consoles. */
  void run() throws CommandFailure {
    Thread atSignal = new Thread(this::stopAndExit, "tapeflow-stop");
    Runtime.getRuntime().addShutdownHook(atSignal);
    try {
      start();
      platform.awaitStop();
      orderlyStop.tellLast();
    } catch (CommandFailure e) {
      stop();
      throw e;
    } finally {
      forget(atSignal);
    }
  }

  private void start() throws CommandFailure {
    terminal.line(Main.Version.line() + ": " + screen.title());
    ConsolePassword password = ConsolePassword.of(home);
    Map<String, String> settings = Settings.of(home, httpPort, password, shell);
    SPI_FLY.setLevel(Level.WARNING);
    System.setProperty("tapeflow.home", home.folder().toString());
    System.setProperty(
        "logback.configurationFile", home.conf().resolve("logback.xml").toUri().toString());

    setup.configure(home, terminal);
    platform = new Platform(settings, distribution.resolve("bundle"), terminal);
    orderlyStop = new OrderlyStop(platform.framework(), terminal);
    platform.start(orderlyStop);
    URI http = platform.httpAddress();
    announce(http, password);
    Api api = new Api(http.resolve("/tapeflow/api/"));
    orderlyStop.before(watch(api), () -> screen.lastLine(api));
    // Web Console, shell and health checks: the trades do not wait for them.
    platform.startRest();
  }

  private void announce(URI http, ConsolePassword password) {
    terminal.line("  Home       " + home.folder());
    terminal.line("  Log        " + home.log());
    terminal.line("  Dashboard  " + http.resolve("/tapeflow/"));
    terminal.line("  API        " + http.resolve("/tapeflow/api/streams"));
    terminal.line("  Health     " + http.resolve("/system/health"));
    terminal.line("  Console    " + http.resolve("/system/console"));
    terminal.line("             user " + ConsolePassword.USER + ", password in " + password.file());
    terminal.line("Ctrl-C stops it.");
    terminal.line("");
  }

  private Thread watch(Api api) {
    Thread thread =
        new Thread(
            () -> {
              try {
                screen.watch(api, terminal);
              } catch (InterruptedException e) {
                // The instance is being stopped.
              }
            },
            "tapeflow-screen");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A signal makes Java exit with the signal's number; a stop that was asked for is a success. */
  private void stopAndExit() {
    stop();
    Runtime.getRuntime().halt(0);
  }

  private void stop() {
    OrderlyStop known = orderlyStop;
    if (known != null) {
      known.everything();
    }
  }

  private static void forget(Thread atSignal) {
    try {
      Runtime.getRuntime().removeShutdownHook(atSignal);
    } catch (IllegalStateException e) {
      // It runs, and ends the process itself.
    }
  }
}
