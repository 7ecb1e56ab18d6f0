package io.tapeflow.benchmarks.race;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command has come to, for machines.
 *
 * @param machine what it ran on
 * @param options what it was told
 * @param outcomes every single figure
 */
record Results(Machine machine, Map<String, String> options, Object outcomes) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Writes them as JSON, and for people the tables, which are printed as well. */
  void write(Path out, String name, String tables) throws IOException {
    Files.createDirectories(out);
    JSON.writeValue(out.resolve(name + ".json").toFile(), this);
    String text = tables + "\n" + machine + ", with " + options + "\n";
    Files.writeString(out.resolve(name + ".md"), text);
    System.out.println(text);
  }
}
