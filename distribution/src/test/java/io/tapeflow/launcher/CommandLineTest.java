package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is asked wrongly gets one line and starts nothing; what is asked rightly is understood. */
class CommandLineTest {
  private static final String RUN = "run --venue binance-spot --symbols BTCUSDT ";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void install() {
    System.setProperty("tapeflow.distribution", folder.resolve("distribution").toString());
  }

  @AfterEach
  void uninstall() {
    System.clearProperty("tapeflow.distribution");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                      | no command given
          play FILE                               | unknown command 'play'
          --loud                                  | unknown option '--loud'
          demo --loud                             | '--loud'
          demo BTCUSDT                            | 'BTCUSDT'
          demo --symbols                          | '--symbols'
          demo --symbols=                         | '' is not a symbol
          demo --symbols BTC-USDT                 | 'BTC-USDT' is not a symbol
          demo --symbols BTCUSDT,                 | '' is not a symbol
          demo --symbols BTCUSDT,btcusdt          | 'BTCUSDT' is there twice
          demo --symbols A --symbols B            | '--symbols'
          demo --http-port -1                     | '-1' is not a port: expected 0..65535
          demo --http-port 65536                  | '65536' is not a port
          demo --http-port http                   | 'http' is not a port
          demo --venue binance-spot               | '--venue'
          run                                     | '--venue=NAME'
          run --venue binance-spot                | '--symbols=A,B'
          run --venue kraken --symbols BTCUSDT    | 'kraken' is not a known venue: expected binance-spot or binance-usdm
          run --venue binance-spot --symbols A --venue-options quantity=nq | binance-spot has no option 'quantity': expected time
          run --venue binance-usdm --symbols A --venue-options colour=red  | no option 'colour': expected quantity or route
          run --venue binance-usdm --symbols A --venue-options quantity=n  | 'n' is not a quantity of binance-usdm: expected q or nq
          run --venue binance-usdm --symbols A --venue-options quantity    | 'quantity' is not an option: expected NAME=VALUE
          replay                                  | 'FILE'
          replay nothing.zip                      | nothing.zip' is not a file that can be read
          replay a.zip --speed 0                  | '0' is not a speed: expected max or a number above 0
          replay a.zip --speed fast               | 'fast' is not a speed
          replay a.zip --loud                     | '--loud'
          verify --url ftp://localhost            | 'ftp://localhost' is not an instance's address
          verify --url http://                    | 'http://' is not an instance's address
          verify --url http://localhost/elsewhere | is not an instance's address
          """)
  void refusesWhatItDoesNotKnow(String line, String expected) {
    assertThat(execute(line)).isEqualTo(2);

    assertOneLineWith(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "localhost:9443",
        "ws://",
        "ws://host:0",
        "ws://host:65536",
        "ws://host:port",
        "ws://host/stream",
        "ws://host?streams=a",
        "ws://host#a",
        "ws://user@host",
        "ws://ho^st"
      })
  void refusesWhatIsNotTheAddressOfAWebSocketServer(String address) {
    assertThat(execute(RUN + "--ws-endpoint " + address)).isEqualTo(2);

    assertOneLineWith("'" + address + "'");
    assertOneLineWith("'--ws-endpoint'");
  }

  @Test
  void refusesWhatIsNotTheAddressOfARestServer() {
    assertThat(execute(RUN + "--rest-endpoint ws://localhost")).isEqualTo(2);

    assertOneLineWith("'ws://localhost'");
    assertOneLineWith("http:// or https://");
  }

  @Test
  void refusesAHomeThatIsAFile() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(execute("demo --home " + file)).isEqualTo(2);

    assertOneLineWith("'--home'");
    assertOneLineWith(file.toString());
  }

  @Test
  void refusesAHomeWhoseNameFileInstallWouldSplit() {
    assertThat(execute("demo --home " + folder.resolve("a,b"))).isEqualTo(2);

    assertOneLineWith("comma");
    assertThat(folder.resolve("a,b")).doesNotExist();
  }

  @Test
  void refusesAPortThatIsTakenBeforeItWritesAnything() throws Exception {
    Path home = folder.resolve("home");
    try (java.net.ServerSocket taken =
        new java.net.ServerSocket(
            0, 1, java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {

      assertThat(execute("demo --home " + home + " --http-port " + taken.getLocalPort()))
          .isEqualTo(1);

      assertOneLineWith("127.0.0.1:" + taken.getLocalPort());
      assertOneLineWith("--http-port");
      assertThat(home).isEmptyDirectory();
    }
  }

  @Test
  void tellsItsCommandsAndItsVersion() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).contains("demo", "run", "verify");
    assertThat(execute("demo --help")).isZero();
    assertThat(out.toString()).contains("--symbols", "--http-port", "--home", "--shell");
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).contains("Tapeflow");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theDemoConnectsToItsOwnVenue() {
    DemoCommand demo = parse("demo --symbols btcusdt,ETHUSDT");

    assertThat(demo.venue(new Port(4711)))
        .isEqualTo(
            new Configuration(
                "io.tapeflow.simulator-demo",
                Map.of("port", "4711", "symbols", "BTCUSDT,ETHUSDT")));
    assertThat(demo.stream(new Port(4711)))
        .isEqualTo(
            new Configuration(
                "io.tapeflow.stream-demo",
                Map.of(
                    "venue", "binance-spot",
                    "symbols", "BTCUSDT,ETHUSDT",
                    "ws.endpoint", "ws://127.0.0.1:4711",
                    "rest.endpoint", "http://127.0.0.1:4711")));
  }

  @Test
  void withoutEndpointsTheExchangeIsMeant() {
    assertThat(stream(RUN)).isEqualTo(Map.of("venue", "binance-spot", "symbols", "BTCUSDT"));
  }

  @Test
  void anEndpointForTradesAloneLeavesRestOut() {
    assertThat(stream(RUN + "--ws-endpoint WSS://Host:9443/"))
        .containsEntry("ws.endpoint", "wss://Host:9443")
        .doesNotContainKey("rest.endpoint");
  }

  @Test
  void optionsOfTheVenueArePassedOn() {
    String run = "run --venue binance-usdm --symbols BTCUSDT ";
    assertThat(stream(run)).doesNotContainKey("venue.options");
    assertThat(stream(run + "--venue-options route=market,quantity=nq"))
        .containsEntry("venue.options", "quantity=nq,route=market");
  }

  @Test
  void bothEndpointsArePassedOn() {
    assertThat(stream(RUN + "--ws-endpoint ws://a --rest-endpoint https://b:1"))
        .containsEntry("ws.endpoint", "ws://a")
        .containsEntry("rest.endpoint", "https://b:1");
  }

  private static Map<String, String> stream(String line) {
    RunCommand run = parse(line);
    return run.stream().properties();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The test names the command.
  private static <T> T parse(String line) {
    return (T) Main.commandLine().parseArgs(words(line)).subcommand().commandSpec().userObject();
  }

  private int execute(String line) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(words(line));
  }

  private static String[] words(String line) {
    return line.isBlank()
        ? new String[0]
        : List.of(line.strip().split(" ", -1)).toArray(String[]::new);
  }

  private void assertOneLineWith(String part) {
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("tapeflow: ")
        .contains(part);
    assertThat(out.toString()).isEmpty();
  }
}
