package io.tapeflow.launcher;

import java.io.IOException;

/** Tells how a running instance does, in words, until its thread is interrupted. */
interface Screen {
  /** What runs, for the first line. */
  String title();

  /** Watches the instance through its own HTTP API, as anybody could. */
  void watch(Api api, Terminal terminal) throws InterruptedException;

  /**
   * What is to be told last, once everything has been stopped; asked for while all still runs.
   *
   * @return a line, or nothing
   */
  default String lastLine(Api api) throws IOException, InterruptedException {
    return "";
  }
}
