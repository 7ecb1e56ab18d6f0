package io.tapeflow.launcher;

import java.io.PrintStream;

/** What the person at the terminal is told: whole lines, whoever says them. */
final class Terminal {
  private final PrintStream out;
  private final PrintStream err;

  Terminal(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  synchronized void problem(String text) {
    err.println("tapeflow: " + text);
    err.flush();
  }
}
