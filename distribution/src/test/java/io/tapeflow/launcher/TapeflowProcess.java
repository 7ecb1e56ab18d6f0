package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of {@code bin/tapeflow} of the assembled home, with what it has printed. */
record TapeflowProcess(Process process, Path outFile, Path errFile) implements AutoCloseable {
  static final Path COMMAND =
      Path.of(System.getProperty("tapeflow.distribution"), "bin", "tapeflow");
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern DASHBOARD = Pattern.compile("Dashboard +(http://\\S+/)tapeflow/");

  /** Starts it, with its output in files of a folder. */
  static TapeflowProcess start(Path folder, String... args) throws IOException {
    List<String> line = new ArrayList<>(List.of(COMMAND.toString()));
    line.addAll(List.of(args));
    return start(folder, new ProcessBuilder(line));
  }

  static TapeflowProcess start(Path folder, ProcessBuilder builder) throws IOException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new TapeflowProcess(process, out, err);
  }

  /** Ends it as a signal does. */
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(this::told).isTrue();
    close();
  }

  /** Types a line into its shell. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  void awaitLine(String part) {
    await()
        .atMost(PATIENCE)
        .failFast("the process has ended", () -> !process.isAlive())
        .untilAsserted(() -> assertThat(told()).contains(part));
  }

  /** The address it has printed, such as {@code http://127.0.0.1:8080/}. */
  URI address() {
    awaitLine("Dashboard");
    Matcher matcher = DASHBOARD.matcher(String.join("\n", out()));
    assertThat(matcher.find()).isTrue();
    return URI.create(matcher.group(1));
  }

  List<String> out() {
    return lines(outFile);
  }

  List<String> err() {
    return lines(errFile);
  }

  String told() {
    return String.join("\n", out()) + "\n" + String.join("\n", err());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
