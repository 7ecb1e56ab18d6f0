package io.tapeflow.plan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFolderTest {
  private static final String A = "{id: a, instrument: B, direction: BUY, entry: 1}";
  private static final String B = "{id: b, instrument: B, direction: BUY, entry: 1}";

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T12:00:00Z");
  private PlanFolder plans;

  @Test
  void filesThatWereThereBeforeAreReadAtOnceInTheOrderOfTheirNames() throws IOException {
    write("b.yaml", B, -60);
    write("a.json", A, -60);
    look();
    assertThat(told).containsExactly("added a.json [a]", "added b.yaml [b]");
  }

  @Test
  void aFileIsReadWhenItHasBeenLeftAlone() throws IOException {
    look();
    write("a.yaml", "{id: a, instrument: B, ", 0);
    look();
    now = now.plusSeconds(1);
    write("a.yaml", A, 0);
    look();
    now = now.plusSeconds(1);
    look();
    assertThat(told).isEmpty();
    now = now.plusSeconds(1);
    look();
    assertThat(told).containsExactly("added a.yaml [a]");
  }

  @Test
  void changesAndRemovalsAreTold() throws IOException {
    write("a.yaml", A, -60);
    look();
    write("a.yaml", B + "\n---\n" + A, -50);
    look();
    write("a.yaml", B + "\n---\n" + A, -40);
    look();
    Files.delete(folder.resolve("a.yaml"));
    look();
    assertThat(told).containsExactly("added a.yaml [a]", "changed [b, a]", "removed [b, a]");
  }

  @Test
  void aFileThatIsNoYamlIsAPlanThatSaysSo() throws IOException {
    write("a.yaml", "{id: [", -60);
    Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xC3, 0x28});
    age("b.yaml", -60);
    look();
    assertThat(told).containsExactly("added a.yaml [a.yaml]", "added b.yaml [b.yaml]");
  }

  @Test
  void otherFilesAndDraftsOfEditorsAreNoPlans() throws IOException {
    write(".a.yaml.swp", A, -60);
    write("a.yaml~", A, -60);
    write("notes.txt", A, -60);
    Files.createDirectory(folder.resolve("old.yaml"));
    look();
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsNoFileDoesNotKeepTheOthersFromBeingRead() throws IOException {
    Files.createSymbolicLink(folder.resolve("circle.yaml"), Path.of("circle.yaml"));
    Files.createSymbolicLink(folder.resolve("gone.yaml"), Path.of("nowhere"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("b.yaml"), B);
    age("elsewhere/b.yaml", -60);
    Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("elsewhere", "b.yaml"));
    write("a.yaml", A, -60);
    look();
    assertThat(told).containsExactly("added a.yaml [a]", "added link.yaml [b]");
  }

  @Test
  void anotherFileOfTheSameTimeAndSizeInItsPlaceIsRead() throws IOException {
    write("a.yaml", A, -60);
    look();
    write("other", B, -60);
    Files.move(
        folder.resolve("other"), folder.resolve("a.yaml"), StandardCopyOption.REPLACE_EXISTING);
    look();
    assertThat(told).containsExactly("added a.yaml [a]", "changed [b]");
  }

  @Test
  void aFileThatCannotBeReadIsTriedAgain() throws IOException {
    FileSource source = new FileSource(folder.resolve("a.yaml"));
    assertThat(source.read()).isTrue();
    assertThat(source.isReadable()).isFalse();
    assertThat(source.plans().get(0).faults().get(0).what()).startsWith("It cannot be read");
    assertThat(source.read()).as("told once").isFalse();
    write("a.yaml", A, -60);
    assertThat(source.read()).isTrue();
    assertThat(source.isReadable()).isTrue();
  }

  @Test
  void aFolderThatIsNotThereHasNoPlansAndMayComeAndGo() throws IOException {
    Path later = folder.resolve("later");
    plans = new PlanFolder(later, Duration.ofSeconds(2), new Told());
    look();
    Files.createDirectory(later);
    Files.writeString(later.resolve("a.yaml"), A);
    age("later/a.yaml", -60);
    look();
    Files.delete(later.resolve("a.yaml"));
    Files.delete(later);
    look();
    assertThat(told).containsExactly("added a.yaml [a]", "removed [a]");
  }

  private void look() {
    if (plans == null) {
      plans = new PlanFolder(folder, Duration.ofSeconds(2), new Told());
    }
    plans.look(now);
  }

  private void write(String name, String text, int secondsFromNow) throws IOException {
    Files.writeString(folder.resolve(name), text);
    age(name, secondsFromNow);
  }

  private void age(String name, int secondsFromNow) throws IOException {
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(now.plusSeconds(secondsFromNow)));
  }

  private final class Told implements PlanFolder.Listing {
    @Override
    public void added(FileSource source, String name) {
      told.add("added " + name + ' ' + ids(source));
    }

    @Override
    public void changed(FileSource source) {
      told.add("changed " + ids(source));
    }

    @Override
    public void removed(FileSource source) {
      told.add("removed " + ids(source));
    }

    private List<String> ids(FileSource source) {
      return source.plans().stream().map(it -> it.id()).toList();
    }
  }
}
