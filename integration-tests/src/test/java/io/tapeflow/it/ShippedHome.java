package io.tapeflow.it;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;
import org.osgi.framework.Constants;

/** The home that the distribution has assembled, as the options of a Pax Exam framework. */
final class ShippedHome {
  private static final Path HOME = Path.of(System.getProperty("tapeflow.distribution"));
  private static final Path WORK = Path.of(System.getProperty("tapeflow.work"));
  private static final String LEVELS = "tapeflow.startlevel";

  private ShippedHome() {}

  /** Every jar of the home at its start level, under the home's own framework properties. */
  static Option options() throws IOException {
    Properties settings = settings();
    List<Option> options = new ArrayList<>();
    for (String name : new TreeSet<>(settings.stringPropertyNames())) {
      options.add(frameworkProperty(name).value(settings.getProperty(name)));
    }
    for (Path jar : jars()) {
      options.add(install(jar, levelOf(jar, settings)));
    }
    int last = Integer.parseInt(settings.getProperty(LEVELS));
    return composite(
        composite(options.toArray(Option[]::new)),
        frameworkStartLevel(last),
        // What a start of the product adds to the home's properties.
        frameworkProperty("felix.fileinstall.dir").value(work("hot-deploy").toString()),
        frameworkProperty("org.osgi.service.http.port").value("0"),
        frameworkProperty("gosh.args").value("--nointeractive"),
        // Libraries of the tests, from the class path.
        frameworkProperty(Constants.FRAMEWORK_BUNDLE_PARENT)
            .value(Constants.FRAMEWORK_BUNDLE_PARENT_FRAMEWORK),
        frameworkProperty(Constants.FRAMEWORK_BOOTDELEGATION)
            .value("org.assertj.*,org.awaitility,org.awaitility.*,net.bytebuddy.*"),
        systemProperty("pax.exam.osgi.unresolved.fail").value("true"),
        cleanCaches(),
        junitBundles());
  }

  /** One of the jars that are shipped. */
  static Path jar(String name) {
    return HOME.resolve("bundle").resolve(name);
  }

  /** The jars that are shipped. */
  static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(HOME.resolve("bundle"), "*.jar")) {
      folder.forEach(jars::add);
    }
    jars.sort(null);
    return jars;
  }

  /** Where a jar is installed from. */
  static String location(Path jar) throws IOException {
    return "reference:" + jar.toRealPath().toUri().toURL();
  }

  private static UrlProvisionOption install(Path jar, int level) throws IOException {
    UrlProvisionOption option = bundle(location(jar)).startLevel(level);
    return isFragment(jar) ? option.noStart() : option;
  }

  private static boolean isFragment(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
    }
  }

  private static int levelOf(Path jar, Properties settings) {
    int last = Integer.parseInt(settings.getProperty(LEVELS));
    for (int level = 1; level < last; level++) {
      String listed = settings.getProperty(LEVELS + '.' + level, "");
      if (Arrays.asList(listed.split("\\s+")).contains(jar.getFileName().toString())) {
        return level;
      }
    }
    return last;
  }

  private static Properties settings() throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(HOME.resolve("conf/config.properties"))) {
      settings.load(reader);
    }
    return settings;
  }

  /** A folder for what tests write. */
  static Path work(String name) {
    try {
      return Files.createDirectories(WORK.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
