package io.tapeflow.launcher;

/** Tells how a running instance does, in words, until its thread is interrupted. */
interface Screen {
  /** What runs, for the first line. */
  String title();

  /** Watches the instance through its own HTTP API, as anybody could. */
  void watch(Api api, Terminal terminal) throws InterruptedException;
}
