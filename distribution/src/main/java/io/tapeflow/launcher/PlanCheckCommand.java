package io.tapeflow.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges plan files, and starts nothing. */
@Command(
    name = "plan-check",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Reads files of plans and names each fault with its place; exits 0 only if there is none,"
          + " otherwise 2. Starts nothing.",
      "It knows the conditions and metrics that Tapeflow has itself, in any window, but not which"
          + " instruments there are."
    })
final class PlanCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of plans, YAML or JSON.")
  private List<Path> files;

  @Override
  public Integer call() throws CommandFailure {
    List<String> faults = PlanFiles.faults(files);
    PrintWriter out = faults.isEmpty() ? spec.commandLine().getOut() : spec.commandLine().getErr();
    faults.forEach(out::println);
    if (faults.isEmpty()) {
      out.println("No fault in " + (files.size() == 1 ? files.get(0) : files.size() + " files"));
    }
    out.flush();
    return faults.isEmpty() ? 0 : Main.WRONG_USE;
  }
}
