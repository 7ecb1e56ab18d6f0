package io.tapeflow.plan.source;

import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.plan.text.PlanFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The plans of one file. */
final class FileSource implements PlanSource {
  /** UTF-8 has up to four bytes for a character. */
  private static final long MOST_BYTES = 4L * PlanFile.MOST_CHARACTERS;

  private final Path file;
  private volatile List<PlanDraft> drafts = List.of();
  private boolean readable;

  FileSource(Path file) {
    this.file = file;
  }

  @Override
  public List<PlanDraft> plans() {
    return drafts;
  }

  /**
   * Reads the file.
   *
   * @return whether its plans are others than before
   */
  boolean read() {
    List<PlanDraft> now = drafts();
    boolean changed = !now.equals(drafts);
    drafts = now;
    return changed;
  }

  /** Whether the file could be read when it was last tried; by who reads it only. */
  boolean isReadable() {
    return readable;
  }

  private List<PlanDraft> drafts() {
    String name = file.getFileName().toString();
    readable = true;
    try {
      if (Files.size(file) > MOST_BYTES) {
        return unreadable(name, "It is too long", "up to " + MOST_BYTES + " bytes");
      }
      return PlanFile.read(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      return unreadable(name, "It is not UTF-8", "UTF-8");
    } catch (IOException e) {
      readable = false;
      return unreadable(name, "It cannot be read: " + e, "a file that can be read");
    }
  }

  private static List<PlanDraft> unreadable(String name, String what, String allowed) {
    return List.of(new PlanDraft(name, null, List.of(new PlanFault("", what, allowed)), Map.of()));
  }
}
