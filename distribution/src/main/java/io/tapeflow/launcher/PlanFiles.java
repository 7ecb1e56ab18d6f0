package io.tapeflow.launcher;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Judges files of plans, with the plan bundle's own code but without a platform. */
final class PlanFiles {
  private static final String CHECK = "io.tapeflow.plan.check.PlanCheck";
  private static final String JARS = "{io.tapeflow.api,io.tapeflow.plan,snakeyaml-engine}*.jar";

  private PlanFiles() {}

  /** All faults of all files, one a line; one of them may be that a file cannot be read. */
  static List<String> faults(List<Path> files) throws CommandFailure {
    List<String> faults = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
      BiFunction<String, String, List<String>> check = check(loader);
      for (Path file : files) {
        faults.addAll(faults(file, check));
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot read the plan bundle", e);
    }
    return faults;
  }

  private static List<String> faults(Path file, BiFunction<String, String, List<String>> check) {
    try {
      return check.apply(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      return List.of(file + ": It is not UTF-8");
    } catch (IOException e) {
      return List.of(file + ": It cannot be read: " + CommandFailure.reason(e));
    }
  }

  @SuppressWarnings("unchecked") // Its class says so, but it comes from another loader.
  private static BiFunction<String, String, List<String>> check(ClassLoader loader)
      throws CommandFailure {
    try {
      return (BiFunction<String, String, List<String>>)
          loader.loadClass(CHECK).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new CommandFailure("the plan bundle is not what it should be", e);
    }
  }

  private static URL[] jars() throws CommandFailure {
    Path folder = Distribution.folder().resolve("bundle");
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, JARS)) {
      for (Path jar : found) {
        jars.add(jar.toUri().toURL());
      }
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file has a URL", e);
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + folder, e);
    }
    return jars.toArray(new URL[0]);
  }
}
