package io.tapeflow.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays an exchange's archive through the whole of Tapeflow. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Plays an exchange's archive of aggregate trades through an embedded venue, a socket, the"
          + " stream connector and the metrics, and sums it up.",
      "A file FILE.CHECKSUM (sha256) beside an archive is verified first."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Archives (zip, gz or csv) of one symbol, in the order of their ids.")
  private List<Path> files;

  @Option(
      names = "--speed",
      paramLabel = "max|N",
      defaultValue = "max",
      converter = Speed.Reader.class,
      description = "As fast as it goes, or so many times real time (default: ${DEFAULT-VALUE}).")
  private Speed speed;

  @Option(
      names = "--symbol",
      paramLabel = "S",
      description = "What the archives are of (default: what stands before -aggTrades).")
  private String symbol;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write a snapshot of all metrics for each minute with trades, and one for the end as the"
              + " last line: as CSV if the name ends with .csv, otherwise as JSON.")
  private Path out;

  @Option(
      names = "--plans",
      paramLabel = "FILE",
      description =
          "Try the plans of this file on the archive: list where each triggers, on what evidence,"
              + " and, where it has an entry, a stop and a target, with what outcome in R. May be"
              + " given several times.")
  private List<Path> plans = List.of();

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Folder for all that is written at run time; kept, unlike the default, which is a"
              + " temporary one.")
  private Path home;

  @Override
  public Integer call() throws CommandFailure {
    ArchiveFiles archives;
    try {
      archives = ArchiveFiles.of(files, symbol);
      ArchiveFiles.requireWritable(out);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    List<String> faults = plans.isEmpty() ? List.of() : PlanFiles.faults(plans);
    if (!faults.isEmpty()) {
      faults.forEach(spec.commandLine().getErr()::println);
      return Main.WRONG_USE;
    }
    archives.verifyChecksums();
    new Replay(archives, speed, out, plans, home).run();
    return 0;
  }
}
