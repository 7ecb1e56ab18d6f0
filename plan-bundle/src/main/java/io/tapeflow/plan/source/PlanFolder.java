package io.tapeflow.plan.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan files of a folder. A file counts once it has been left alone for a while, so one that is
 * being written is not taken for a plan with fewer conditions. Not safe for several threads.
 */
final class PlanFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PlanFolder.class);
  private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");

  private final Path folder;
  private final Duration quiet;
  private final Listing listing;
  private final Map<Path, Known> known = new TreeMap<>();
  private final Set<Path> strange = new HashSet<>();
  private boolean unreadable;

  /**
   * A folder that nothing is known of yet.
   *
   * @param folder need not be there
   * @param quiet for how long a file must have been left alone
   * @param listing is told of its files
   */
  PlanFolder(Path folder, Duration quiet, Listing listing) {
    this.folder = folder;
    this.quiet = quiet;
    this.listing = listing;
  }

  /** Looks what has changed. */
  void look(Instant now) {
    Map<Path, Stamp> files;
    try {
      files = files();
      unreadable = false;
    } catch (IOException | UncheckedIOException e) {
      if (!unreadable) {
        LOG.warn("Plans cannot be read from {}, those known stay: {}", folder, e.toString());
      }
      unreadable = true;
      return;
    }
    for (Path file : List.copyOf(known.keySet())) {
      if (!files.containsKey(file)) {
        Known gone = known.remove(file);
        if (gone.announced) {
          listing.removed(gone.source);
        }
      }
    }
    files.forEach((file, stamp) -> look(file, stamp, now));
  }

  private void look(Path file, Stamp stamp, Instant now) {
    Known before = known.computeIfAbsent(file, it -> new Known(new FileSource(it)));
    if (!stamp.equals(before.seen)) {
      before.seen = stamp;
      before.since = now;
    }
    boolean left =
        !now.isBefore(before.since.plus(quiet))
            || stamp.changed.toInstant().plus(quiet).isBefore(now);
    if (!left || stamp.equals(before.read)) {
      return;
    }
    boolean changed = before.source.read();
    // That it may be read now does not show in its time and size.
    before.read = before.source.isReadable() ? stamp : null;
    if (!before.announced) {
      before.announced = true;
      listing.added(before.source, file.getFileName().toString());
    } else if (changed) {
      listing.changed(before.source);
    }
  }

  private Map<Path, Stamp> files() throws IOException {
    Map<Path, Stamp> files = new TreeMap<>();
    if (Files.notExists(folder)) {
      return files;
    }
    Map<Path, String> others = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !name.endsWith("~")) {
          Stamp stamp = stamp(file);
          if (stamp == null) {
            others.put(file, "is no file; plans are files of this folder itself");
          } else if (!ENDINGS.contains(ending(name))) {
            others.put(file, "is not read for plans; those files end with .yaml, .yml or .json");
          } else {
            files.put(file, stamp);
          }
        }
      }
    }
    strange.retainAll(others.keySet());
    others.forEach(
        (file, why) -> {
          if (strange.add(file) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn("{} {}", file, why);
          }
        });
    return files;
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Null if it is no file, or is gone already. */
  private static Stamp stamp(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey())
          : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (FileSystemException e) {
      // Such as a link that leads in a circle: no reason not to read the others.
      if (Files.isSymbolicLink(file)) {
        return null;
      }
      throw e;
    }
  }

  /** Is told of files, in the order of their names. */
  interface Listing {
    void added(FileSource source, String name);

    void changed(FileSource source);

    void removed(FileSource source);
  }

  /**
   * What tells a file from what it was.
   *
   * @param key another one if another file has been moved to its place; null where there is none
   */
  private record Stamp(FileTime changed, long size, Object key) {}

  /** A file that is there. */
  private static final class Known {
    private final FileSource source;
    private Stamp seen;
    private Instant since;
    private Stamp read;
    private boolean announced;

    Known(FileSource source) {
      this.source = source;
    }
  }
}
