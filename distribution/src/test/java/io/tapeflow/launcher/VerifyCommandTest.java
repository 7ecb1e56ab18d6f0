package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class VerifyCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeInstance instance;

  @BeforeEach
  void start() throws Exception {
    instance = new FakeInstance();
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void isContentIfNothingFails() {
    instance.report("CANNOT_VERIFY", "Nothing was stopped.", "Nothing fails.");

    assertThat(verify()).isZero();

    assertThat(out.toString().lines())
        .hasSize(13)
        .contains("1  Check no 1  PASS           Seen.")
        .contains("4  Check no 4  CANNOT_VERIFY  Nothing was stopped.")
        .contains("                              More of 6.")
        .endsWith("Root cause: Nothing fails.");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void isNotIfOneCheckFails() {
    instance.report("FAIL", "No connection.", "The venue refuses.");

    assertThat(verify()).isEqualTo(1);

    assertThat(out.toString()).contains("FAIL", "No connection.", "The venue refuses.");
  }

  @Test
  void isNotIfAVerdictIsNoneOfThose() {
    instance.report("MAYBE", "Who knows.", "");

    assertThat(verify()).isEqualTo(1);
  }

  @Test
  void printsTheReportAsJson() throws Exception {
    instance.report("PASS", "Live.", "Nothing fails.");

    assertThat(verify("--json")).isZero();

    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(out.toString()).path("checks")).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"checks\":[]}", "<html>", ""})
  void takesNothingElseForAReport(String answer) {
    instance.answer("verification", answer);

    assertThat(verify()).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void saysWhereThereIsNoInstanceAndWhatToDo() {
    instance.close();

    assertThat(verify()).isEqualTo(1);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains(instance.address() + "tapeflow/api/verification", "tapeflow demo", "--url");
  }

  @Test
  void takesTheDashboardsAddressToo() {
    instance.report("PASS", "Live.", "Nothing fails.");

    assertThat(execute("verify", "--url", instance.address() + "tapeflow/")).isZero();
  }

  private int verify(String... more) {
    String[] args = new String[3 + more.length];
    args[0] = "verify";
    args[1] = "--url";
    args[2] = instance.address().toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return execute(args);
  }

  private int execute(String... args) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(args);
  }
}
