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
  private final Screen screen;
  private final Terminal terminal = new Terminal(System.out, System.err);

  Instance(Home home, Path distribution, Port httpPort, boolean shell, Screen screen) {
    this.home = home;
    this.distribution = distribution;
    this.httpPort = httpPort;
    this.shell = shell;
    this.screen = screen;
  }

  /** Starts it and stays until it has been stopped, by a signal or from one of its consoles. */
  void run() throws CommandFailure {
    terminal.line(Main.Version.line() + ": " + screen.title());
    ConsolePassword password = ConsolePassword.of(home);
    Map<String, String> settings = Settings.of(home, httpPort, password, shell);
    SPI_FLY.setLevel(Level.WARNING);
    System.setProperty("tapeflow.home", home.folder().toString());
    System.setProperty(
        "logback.configurationFile", home.conf().resolve("logback.xml").toUri().toString());

    Platform platform = new Platform(settings, distribution.resolve("bundle"), terminal);
    OrderlyStop stop = new OrderlyStop(platform.framework(), terminal);
    Thread atSignal = new Thread(() -> stopAndExit(stop), "tapeflow-stop");
    Runtime.getRuntime().addShutdownHook(atSignal);
    try {
      platform.start(stop);
      URI http = platform.httpAddress();
      announce(http, password);
      stop.before(watch(new Api(http.resolve("/tapeflow/api/"))));
      platform.awaitStop();
    } catch (CommandFailure e) {
      stop.everything();
      throw e;
    } finally {
      forget(atSignal);
    }
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
  private static void stopAndExit(OrderlyStop stop) {
    stop.everything();
    Runtime.getRuntime().halt(0);
  }

  private static void forget(Thread atSignal) {
    try {
      Runtime.getRuntime().removeShutdownHook(atSignal);
    } catch (IllegalStateException e) {
      // It runs, and ends the process itself.
    }
  }
}
