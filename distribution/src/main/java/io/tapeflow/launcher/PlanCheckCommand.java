package io.tapeflow.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges plan files, with the plan bundle's own code but without a platform. */
@Command(
    name = "plan-check",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Reads files of plans and names each fault with its place; exits 0 only if there is none,"
          + " otherwise 2. Starts nothing.",
      "It knows the conditions and metrics that Tapeflow has itself, in any window, but not which"
          + " instruments there are."
    })
final class PlanCheckCommand implements Callable<Integer> {
  private static final String CHECK = "io.tapeflow.plan.check.PlanCheck";
  private static final String JARS = "{io.tapeflow.api,io.tapeflow.plan,snakeyaml-engine}*.jar";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of plans, YAML or JSON.")
  private List<Path> files;

  @Override
  public Integer call() throws CommandFailure {
    List<String> faults = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
      BiFunction<String, String, List<String>> check = check(loader);
      for (Path file : files) {
        faults.addAll(check.apply(file.toString(), text(file)));
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot read the plan bundle", e);
    }
    PrintWriter out = faults.isEmpty() ? spec.commandLine().getOut() : spec.commandLine().getErr();
    faults.forEach(out::println);
    if (faults.isEmpty()) {
      out.println("No fault in " + (files.size() == 1 ? files.get(0) : files.size() + " files"));
    }
    out.flush();
    return faults.isEmpty() ? 0 : Main.WRONG_USE;
  }

  private String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ParameterException(spec.commandLine(), "'" + file + "' is not UTF-8", e);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "cannot read '" + file + "': " + CommandFailure.reason(e), e);
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
