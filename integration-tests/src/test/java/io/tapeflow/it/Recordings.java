package io.tapeflow.it;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.runner.Description;
import org.junit.runner.notification.RunNotifier;
import org.junit.runners.model.InitializationError;
import org.ops4j.pax.exam.junit.PaxExam;

/**
 * Runs tests that read the real recordings, or says that they are skipped where those are absent.
 * Pax Exam takes an assumption that does not hold for a success, so this must be known before.
 */
public final class Recordings extends PaxExam {
  private static final Path FOLDER =
      Path.of(System.getProperty("tapeflow.recordings")).toAbsolutePath().normalize();

  /** For JUnit. */
  public Recordings(Class<?> tests) throws InitializationError {
    super(tests);
  }

  static Path file(String name) {
    return FOLDER.resolve(name);
  }

  @Override
  public void run(RunNotifier notifier) {
    if (Files.isDirectory(FOLDER)) {
      super.run(notifier);
      return;
    }
    for (Description test : getDescription().getChildren()) {
      System.err.println("SKIPPED: " + test + ", because there are no recordings in " + FOLDER);
      notifier.fireTestIgnored(test);
    }
  }
}
