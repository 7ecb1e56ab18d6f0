package io.tapeflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Asks a running instance for its six checks. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Prints the six checks of a running instance; exits 0 only if none fails.")
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080/",
      converter = InstanceReader.class,
      description = "The instance, as it prints its dashboard (default: ${DEFAULT-VALUE}).")
  private URI instance;

  @Override
  public Integer call() throws CommandFailure {
    Api api = new Api(instance.resolve("/tapeflow/api/"));
    JsonNode report;
    try {
      report = api.get("verification");
    } catch (IOException e) {
      throw new CommandFailure(
          "no report from "
              + api.address("verification")
              + " ("
              + CommandFailure.reason(e)
              + "): is an instance running there? Start one with 'tapeflow demo', or name another"
              + " with --url");
    } catch (InterruptedException e) {
      throw new CommandFailure("interrupted", e);
    }
    Checks checks = Checks.of(report);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.toPrettyString() + "\n" : checks.table());
    out.flush();
    return checks.failed() ? Main.FAILED : 0;
  }

  /** Reads the address of an instance: of its server, its dashboard or its report. */
  static final class InstanceReader implements ITypeConverter<URI> {
    private static final Set<String> PATHS =
        Set.of("", "/", "/tapeflow", "/tapeflow/", "/tapeflow/api/verification");

    @Override
    public URI convert(String value) {
      try {
        URI uri = new URI(value);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (http && uri.getHost() != null && PATHS.contains(uri.getPath())) {
          return uri;
        }
      } catch (java.net.URISyntaxException e) {
        // Told below, as for an address of another kind.
      }
      throw new TypeConversionException(
          "'"
              + value
              + "' is not an instance's address: expected one such as"
              + " http://127.0.0.1:8080/");
    }
  }
}
