package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code bin/tapeflow replay} of the assembled home, as a person would. */
class ReplayIT {
  private static final Path COMMAND =
      Path.of(System.getProperty("tapeflow.distribution"), "bin", "tapeflow");
  private static final long PATIENCE_SECONDS = 300;

  @TempDir private Path folder;

  /** Totals that others have summed, see the recordings' own page. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "BTCUSDC-aggTrades-2025-10-04.zip, '140,489', 985.50626, 1002.0242, -16.51794,"
        + " 120407976.1076382, 122384612.8488395",
    "BTCUSD_PERP-aggTrades-2026-05-08.zip, '105,280', 2589631, 2329440, 260191,"
        + " 206946112365.2, 186022055406.9",
    "BTCUSDT-aggTrades-derived-2019-05-26.csv.gz, '163,701', 10916.251557, 9678.767374,"
        + " 1237.484183, 86891008.85785854, 77001885.5199509",
    "ETHUSDT-aggTrades-derived-2019-06-01.csv.gz, '158,232', 244439.949, 211237.03713,"
        + " 33202.91187, 65355188.6778699, 56496047.0813144",
  })
  void realDaysHaveTheirGoldenTotals(
      String file,
      String trades,
      String bought,
      String sold,
      String delta,
      String boughtValue,
      String soldValue)
      throws Exception {
    assertThat(run("replay", recorded(file).toString())).as(err()).isZero();

    assertThat(out())
        .containsPattern("Trades +" + trades + "\n")
        .containsPattern("Missing ids +0\n")
        .containsPattern("bought, sold +" + bought + ", " + sold + "\n")
        .containsPattern("bought, sold +" + boughtValue + ", " + soldValue + "\n")
        .containsPattern("Delta +" + delta + "\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void theSameArchiveGivesTheSameBytesWithOneLineForEachMinuteAndTheEndAsTheLast()
      throws Exception {
    Path archive = beginning(20_000, "");
    Path first = folder.resolve("first.jsonl");
    Path second = folder.resolve("second.jsonl");

    assertThat(run("replay", archive.toString(), "--out", first.toString())).as(err()).isZero();
    assertThat(run("replay", archive.toString(), "--out", second.toString())).isZero();

    assertThat(first).hasSameBinaryContentAs(second);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(first)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    List<String[]> trades =
        Files.readAllLines(archive).stream().map(line -> line.split(",", -1)).toList();
    assertThat(lines).hasSize((int) trades.stream().map(ReplayIT::minute).distinct().count());
    JsonNode last = lines.get(lines.size() - 1);
    assertThat(last.path("instrument").asText()).isEqualTo("BTCUSDT");
    assertThat(last.path("lastTradeId").asLong()).isEqualTo(20_000);
    assertThat(last.at("/metrics/trades.start/value").asText()).isEqualTo("20000");
    // The last trade of the first minute is the one that the first line is as of.
    long firstMinute = minute(trades.get(0));
    long ofFirstMinute = trades.stream().filter(it -> minute(it) == firstMinute).count();
    assertThat(lines.get(0).path("lastTradeId").asLong()).isEqualTo(ofFirstMinute);
    assertThat(last.path("metrics").has("vpin.exact")).isTrue();
  }

  /** The trade was found by a sum of its own over the same file: no earlier one meets the plan. */
  @Test
  void plansTriggerAtTheRightTradeAndSayTheirOutcome() throws Exception {
    Path archive = beginning(4_500, "");
    Path plans =
        Files.writeString(
            folder.resolve("plans.yaml"),
            """
            - id: dip
              instrument: BTCUSDT
              direction: BUY
              entry: 8026
              tolerance: 10
              stopLoss: 8010
              takeProfit: 8090
              conditions: {delta_positive: true, vwap_deviation: {threshold: 2.0, direction: below}}
            - id: never
              instrument: BTCUSDT
              direction: BUY
              conditions: volume.60s > 1000000
            """);

    assertThat(run("replay", archive.toString(), "--plans", plans.toString())).as(err()).isZero();

    assertThat(out())
        .contains("Plan dip: triggered at trade 3455, 8026, 2019-05-26T00:22:52.662Z; outcome ")
        .contains("on delta.60s = 0.034068, vwap.z.300s = -3.6316371957")
        .contains("Plan never: not triggered; at the end volume.60s > 1000000 FAILS");
  }

  @Test
  void plansWithFaultsAreNamedAndNothingIsStarted() throws Exception {
    Path plans = Files.writeString(folder.resolve("plans.yaml"), "id: a");

    assertThat(run("replay", beginning(300, "").toString(), "--plans", plans.toString()))
        .isEqualTo(2);

    assertThat(err().lines().toList()).hasSize(2);
    assertThat(out()).isEmpty();
  }

  @Test
  void aDamagedLineIsNamedAndWhatCameBeforeItIsKept() throws Exception {
    Path archive = beginning(1_000, "1001,x\n");
    Path csv = folder.resolve("out.csv");

    assertThat(run("replay", archive.toString(), "--out", csv.toString())).isEqualTo(1);

    assertThat(err().lines().toList())
        .singleElement()
        .asString()
        .contains(archive + " line 1001: 7 or 8 columns were expected", "1,000 trades");
    assertThat(out()).containsPattern("Trades +1,000\n");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).startsWith("instrument,asOf,lastTradeId,status,price.last");
    assertThat(lines.get(lines.size() - 1)).startsWith("BTCUSDT,2019-05-26T").contains(",1000,");
  }

  @Test
  void aChecksumBesideTheFileIsVerified() throws Exception {
    Path archive = beginning(300, "");
    Path checksum = archive.resolveSibling(archive.getFileName() + ".CHECKSUM");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
    Files.writeString(
        checksum, HexFormat.of().formatHex(digest) + "  " + archive.getFileName() + "\n");
    assertThat(run("replay", archive.toString())).as(err()).isZero();

    Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 500));
    assertThat(run("replay", archive.toString())).isEqualTo(1);
    assertThat(err()).contains(archive + " is damaged: its sha256 is");
  }

  /**
   * A coin whose trades are of up to 1e15 units at the last of eight decimals, in microseconds,
   * with a line that is no trade (5), a trade of another microsecond but the same millisecond (4),
   * and two ids that are not there (7 and 8).
   */
  @Test
  void noDigitIsLostAndWhatIsNotThereIsMissing() throws Exception {
    Path archive =
        Files.writeString(
            folder.resolve("PEPEUSDT-aggTrades-test.csv"),
            """
            1,0.00000917,1000000000000000.00000000,1,1,1759536000000001,true,true
            2,0.00000917,999999999999999.5,2,2,1759536000000002,False,True
            3,0.00000001,0.125,3,3,1759536000000500,false,true
            4,0.00000918,92233720369,4,4,1759536000000501,false,true
            5,0.00000000,0.00000000,-1,-1,1759536000000900,false,true
            6,0.00000917,1234567890123456.75,6,6,1759536060000000,false,true
            9,0.00000917,1,9,9,1759536060000001,true,true
            """);
    Path out = folder.resolve("out.jsonl");

    assertThat(run("replay", archive.toString(), "--out", out.toString())).as(err()).isZero();

    assertThat(out())
        .containsPattern("Trades +6\n")
        .containsPattern("Missing ids +2\n")
        .containsPattern("No trades +1\n")
        .containsPattern("Time +2025-10-04T00:00:00.000001Z to 2025-10-04T00:01:00.000001Z\n")
        .containsPattern("bought, sold +2234660123843825.375, 1000000000000001\n");
    JsonNode last = new ObjectMapper().readTree(Files.readAllLines(out).get(1));
    assertThat(last.at("/metrics/cvd.start/value").asText()).isEqualTo("1234660123843824.375");
    assertThat(last.at("/metrics/cvd.start/complete").asBoolean(true)).isFalse();
    assertThat(last.at("/metrics/cvd.start/gaps")).hasToString("[{\"firstId\":7,\"lastId\":8}]");
    JsonNode first = new ObjectMapper().readTree(Files.readAllLines(out).get(0));
    assertThat(first.at("/metrics/cvd.start/complete").asBoolean(false)).isTrue();
    assertThat(first.at("/metrics/large.trades.300s/value")).as("no two at one time").hasSize(3);
  }

  /** A trade that does not fit what the beginning of the archive had is not passed over. */
  @Test
  void aTradeThatCannotBeReadIsAnError() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int id = 1; id <= 20_001; id++) {
      lines.append(id).append(",2,").append(id == 20_001 ? "7.00001" : "7");
      lines.append(",1,1,").append(1_759_536_000_000L + id).append(",true\n");
    }
    Path archive =
        Files.writeString(
            folder.resolve("NEWUSDT-aggTrades-test.csv"),
            lines + "20002,2,7,1,1,1759536099000,true\n");

    assertThat(run("replay", archive.toString())).isEqualTo(1);

    assertThat(err()).contains("1 trades of the archive could not be read");
    assertThat(out()).containsPattern("Trades +20,001\n");
  }

  private Path beginning(int trades, String rest) throws Exception {
    Path recorded = recorded("BTCUSDT-aggTrades-derived-2019-05-26.csv.gz");
    Path archive = folder.resolve("BTCUSDT-aggTrades-test.csv");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(recorded))) {
      String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      StringBuilder some = new StringBuilder();
      all.lines()
          .filter(line -> Character.isDigit(line.charAt(0)))
          .limit(trades)
          .forEach(line -> some.append(line).append('\n'));
      return Files.writeString(archive, some.append(rest));
    }
  }

  private static long minute(String[] columns) {
    return Long.parseLong(columns[5]) / 60_000;
  }

  private int run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String out() throws Exception {
    return Files.readString(folder.resolve("out"));
  }

  private String err() throws Exception {
    return Files.readString(folder.resolve("err"));
  }

  /** The recordings lie beside the project, whose root is the first folder with a .mvn in it. */
  private static Path recorded(String file) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "SKIPPED: the project's root was not found");
    Path archive = root.resolveSibling("shared").resolve("data").resolve("archives").resolve(file);
    assumeTrue(Files.exists(archive), () -> "SKIPPED: there is no recording " + archive);
    return archive;
  }
}
