package io.tapeflow.stream;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when venues want to be left alone, kept in a file: a ban is on our address, so that a
 * restart does not end it, and asking in spite of it makes it longer. Safe for any thread.
 */
final class KeptPauses {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPauses.class);

  private final Path file;

  /**
   * Creates them.
   *
   * @param file where they are kept; null if there is no place
   */
  KeptPauses(Path file) {
    this.file = file;
  }

  /**
   * A pause that a host asked for.
   *
   * @param status the HTTP status by which it did
   */
  record Pause(Instant until, int status) {}

  /** What a host last asked for, which may be over; null if nothing. */
  synchronized Pause of(String host) {
    String line = read().getProperty(host);
    if (line == null) {
      return null;
    }
    try {
      String[] parts = line.split(" ", 2);
      return new Pause(Instant.parse(parts[0]), Integer.parseInt(parts[1]));
    } catch (RuntimeException e) {
      LOG.warn("{}: {} = {} is not a time and a status, and is passed over", file, host, line);
      return null;
    }
  }

  /** Keeps what a host asks for. A failure is told, and costs no more. */
  synchronized void keep(String host, Pause pause) {
    if (file == null) {
      return;
    }
    Properties all = read();
    all.setProperty(host, pause.until() + " " + pause.status());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer out = Files.newBufferedWriter(fresh)) {
        all.store(out, null);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("the pause that {} wants could not be kept in {}: {}", host, file, e.toString());
    }
  }

  private Properties read() {
    Properties all = new Properties();
    if (file != null && Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        all.load(in);
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("{} is not used: {}", file, e.toString());
        all.clear();
      }
    }
    return all;
  }
}
