package io.tapeflow.launcher;

/** Configures an instance that is about to start. */
@FunctionalInterface
interface Setup {
  /** Writes the configurations that the command line asks for, now or a little later. */
  void configure(Home home, Terminal terminal) throws CommandFailure;
}
