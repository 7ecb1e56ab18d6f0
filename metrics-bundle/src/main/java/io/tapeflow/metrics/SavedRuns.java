package io.tapeflow.metrics;

import io.tapeflow.api.trade.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the last stop has left, until each instrument takes its part. */
final class SavedRuns {
  private static final Logger LOG = LoggerFactory.getLogger(SavedRuns.class);

  private final StateFile file;
  private final Map<Instrument, SavedRun> left = new ConcurrentHashMap<>();

  /** Reads a file, if there is one; null for none. */
  SavedRuns(Path path) {
    file = path == null ? null : new StateFile(path);
    if (file != null) {
      read();
    }
  }

  /** The run of an instrument, once; null if there is none. */
  SavedRun take(Instrument instrument) {
    return left.remove(instrument);
  }

  /** Keeps runs for the next start, and those that nobody has taken. */
  void keep(List<SavedRun> runs) {
    if (file == null) {
      return;
    }
    List<SavedRun> all = new ArrayList<>(left.values());
    all.addAll(runs);
    try {
      file.write(all);
      LOG.info("Kept the metrics' state of {} instruments", all.size());
    } catch (IOException e) {
      LOG.error("The metrics' state is lost: it cannot be written ({})", e.toString());
    }
  }

  private void read() {
    try {
      for (SavedRun run : file.read()) {
        left.put(run.instrument(), run);
      }
    } catch (IOException e) {
      LOG.warn("The metrics begin anew: {}", e.getMessage());
    }
  }
}
