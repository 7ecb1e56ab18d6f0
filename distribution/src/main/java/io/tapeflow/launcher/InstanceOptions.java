package io.tapeflow.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all commands have which start an instance. */
final class InstanceOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      defaultValue = "8080",
      converter = Port.Reader.class,
      description =
          "Port of dashboard, API and console on 127.0.0.1; 0 for any that is free"
              + " (default: ${DEFAULT-VALUE}).")
  private Port httpPort;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Folder for all that is written at run time: conf, load, run, logs, cache"
              + " (default: the folder that bin/tapeflow is in).")
  private Path home;

  @Option(names = "--shell", description = "Open the Gogo shell on this terminal.")
  private boolean shell;

  /** Starts an instance and stays until it is stopped. */
  void run(Setup setup, Screen screen) throws CommandFailure {
    Path distribution = Distribution.folder();
    Home prepared;
    try {
      prepared = Home.at(home == null ? distribution : home);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(), "Invalid value for option '--home': " + e.getMessage(), e);
    }
    if (httpPort.number() != 0) {
      httpPort.requireFree("--http-port");
    }
    HomeLock lock = HomeLock.take(prepared);
    try {
      prepared.fill(distribution);
      new Instance(prepared, distribution, httpPort, shell, setup, screen).run();
    } finally {
      lock.release();
    }
  }
}
