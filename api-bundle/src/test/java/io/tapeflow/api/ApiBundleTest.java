package io.tapeflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The API drags nothing in: what the build tool found that its classes use is itself and the JDK.
 */
class ApiBundleTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Pattern PACKAGE = Pattern.compile("(?<=^|,)[a-z][a-z0-9.]*(?=[;,]|$)");

  @Test
  void itImportsNothingButItself() throws IOException {
    String imports = manifest().getValue("Import-Package");
    assertThat(packages(imports)).allMatch(name -> name.startsWith("io.tapeflow.api."));
  }

  @Test
  void itRequiresNothingButJava() throws IOException {
    assertThat(manifest().getValue("Require-Capability"))
        .isEqualTo("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"");
    assertThat(manifest().getValue("Require-Bundle")).isNull();
    assertThat(manifest().getValue("DynamicImport-Package")).isNull();
  }

  @Test
  void itExportsEveryPackageWithAVersionAndHidesNone() throws IOException {
    String exports = manifest().getValue("Export-Package");
    try (Stream<Path> files = Files.walk(CLASSES)) {
      List<String> packages =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .map(file -> CLASSES.relativize(file.getParent()).toString().replace('/', '.'))
              .distinct()
              .toList();
      assertThat(packages)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(exports).contains(name + ";version=\"1."));
    }
    assertThat(manifest().getValue("Private-Package")).isNull();
  }

  private static List<String> packages(String header) {
    String bare = header.replaceAll("\"[^\"]*\"", "");
    return PACKAGE.matcher(bare).results().map(MatchResult::group).toList();
  }

  private static Attributes manifest() throws IOException {
    try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
      return new Manifest(in).getMainAttributes();
    }
  }
}
