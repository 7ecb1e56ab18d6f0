package io.tapeflow.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapeflow.api.verification.CheckResult;
import io.tapeflow.api.verification.VerificationReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A report for scripts. */
final class ReportJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ReportJson() {}

  static String of(VerificationReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      write(report, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringWriter throws none.
    }
    return text.toString();
  }

  private static void write(VerificationReport report, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", report.at().toString());
    json.writeArrayFieldStart("checks");
    for (CheckResult check : report.checks()) {
      json.writeStartObject();
      json.writeNumberField("id", check.id());
      json.writeStringField("name", check.name());
      json.writeStringField("status", check.status().name());
      json.writeStringField("since", check.since().toString());
      write("evidence", check.evidence(), json);
      write("timeline", check.timeline(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("rootCause", report.rootCause());
    json.writeEndObject();
  }

  private static void write(String name, List<String> lines, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String line : lines) {
      json.writeString(line);
    }
    json.writeEndArray();
  }
}
