package io.tapeflow.launcher;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code tapeflow}. */
@Command(
    name = "tapeflow",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "A live, gap-free record of an exchange's trades, and the order flow in it.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      VerifyCommand.class,
      PlanCheckCommand.class
    })
public final class Main implements Runnable {
  /** It could not do what it was asked to. */
  static final int FAILED = 1;

  /** It was asked wrongly. */
  static final int WRONG_USE = 2;

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param args command, options and values
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler(Main::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static int wrongUse(ParameterException fault, String[] args) {
    CommandLine at = fault.getCommandLine();
    boolean command = at.getParent() == null && fault instanceof UnmatchedArgumentException;
    String what = command ? unknown((UnmatchedArgumentException) fault) : fault.getMessage();
    String where = at.getCommandSpec().qualifiedName();
    say(at.getErr(), what + " (" + where + " --help tells what there is)");
    return WRONG_USE;
  }

  private static String unknown(UnmatchedArgumentException fault) {
    String first = fault.getUnmatched().get(0);
    return first.startsWith("-")
        ? "unknown option '" + first + "'"
        : "unknown command '" + first + "': expected demo, run, replay, verify or plan-check";
  }

  private static int failed(Exception fault, CommandLine at, CommandLine.ParseResult parsed) {
    if (fault instanceof CommandFailure) {
      say(at.getErr(), fault.getMessage());
    } else {
      // A fault of the launcher's own: whoever reports it needs the trace.
      fault.printStackTrace(at.getErr());
    }
    return FAILED;
  }

  private static void say(PrintWriter err, String message) {
    err.println("tapeflow: " + message.replaceAll("\\s*\\R\\s*", " "));
  }

  /** Name and version, as the jar's manifest has them. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }

    static String line() {
      String version = Main.class.getPackage().getImplementationVersion();
      return "Tapeflow " + (version == null ? "(not packaged)" : version);
    }
  }
}
