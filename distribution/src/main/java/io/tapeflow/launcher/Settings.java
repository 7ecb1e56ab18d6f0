package io.tapeflow.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.osgi.framework.Constants;

/** The framework's properties: what {@code conf/config.properties} says, and what a start adds. */
final class Settings {
  private Settings() {}

  static Map<String, String> of(Home home, Port httpPort, ConsolePassword password, boolean shell)
      throws CommandFailure {
    Properties file = read(home.conf().resolve("config.properties"));
    Map<String, String> settings = new HashMap<>();
    file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
    settings.put(Constants.FRAMEWORK_STORAGE, home.cache().toString());
    settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    settings.put("tapeflow.state.directory", home.state().toString());
    settings.put("tapeflow.plans.directory", home.plans().toString());
    settings.put(
        "felix.fileinstall.dir",
        String.join(",", home.conf().toString(), home.load().toString(), home.run().toString()));
    settings.put("org.osgi.service.http.port", Integer.toString(httpPort.number()));
    settings.put("felix.webconsole.username", ConsolePassword.USER);
    settings.put("felix.webconsole.password", password.hashed());
    // Without a terminal the shell would take the end of its input for the wish to stop.
    settings.put("gosh.args", shell ? "--login" : "--nointeractive");
    return settings;
  }

  private static Properties read(Path path) throws CommandFailure {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure("cannot read " + path, e);
    }
  }
}
