package io.tapeflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What the Configuration tab of a console shows of the shipped bundles, and the manuals with it.
 */
class MetatypeIT {
  private static final Path HOME = Path.of(System.getProperty("tapeflow.distribution"));
  private static final Set<String> NUMBERS = Set.of("Integer", "Long", "Double");

  /** Any number does. */
  private static final Set<String> WHATEVER = Set.of("seed", "clock.offset.ms");

  private static final List<Attribute> ATTRIBUTES = new ArrayList<>();

  private record Attribute(String file, Element element) {
    String get(String name) {
      return element.getAttribute(name);
    }

    @Override
    public String toString() {
      return file + ": " + get("id");
    }
  }

  @BeforeAll
  static void read() throws Exception {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(HOME.resolve("bundle"), "io.tapeflow.*.jar")) {
      for (Path jar : jars) {
        try (JarFile file = new JarFile(jar.toFile())) {
          for (JarEntry entry : file.stream().toList()) {
            if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
              read(entry.getName(), file.getInputStream(entry));
            }
          }
        }
      }
    }
  }

  private static void read(String name, InputStream in) throws Exception {
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    NodeList all = document.getElementsByTagName("AD");
    for (int i = 0; i < all.getLength(); i++) {
      Attribute attribute = new Attribute(name, (Element) all.item(i));
      // What begins so is a word to the console itself.
      if (!attribute.get("id").startsWith("webconsole.")) {
        ATTRIBUTES.add(attribute);
      }
    }
  }

  @Test
  void everyPropertyHasANameAndAWordOfHelp() {
    assertThat(ATTRIBUTES).hasSizeGreaterThan(100);
    assertThat(ATTRIBUTES)
        .allSatisfy(
            it -> {
              assertThat(it.get("name")).isNotBlank();
              assertThat(it.get("description")).isNotBlank();
            });
  }

  @Test
  void everyNumberHasARange() {
    SoftAssertions softly = new SoftAssertions();
    for (Attribute it : ATTRIBUTES) {
      if (NUMBERS.contains(it.get("type")) && !WHATEVER.contains(it.get("id"))) {
        softly.assertThat(it.get("min")).as("least of " + it).isNotBlank();
      }
    }
    softly.assertAll();
  }

  @Test
  void everyPropertyIsInTheManuals() throws IOException {
    StringBuilder manuals = new StringBuilder();
    for (String name : List.of("operations.md", "metrics.md", "plans.md")) {
      manuals.append(Files.readString(Path.of("..", "docs", name)));
    }
    String words = manuals.toString();
    assertThat(ATTRIBUTES).filteredOn(it -> !words.contains('`' + it.get("id") + '`')).isEmpty();
  }
}
