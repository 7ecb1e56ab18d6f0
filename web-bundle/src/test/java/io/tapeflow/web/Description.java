package io.tapeflow.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.List;

/** The OpenAPI description, by which values are measured. */
record Description(JsonNode whole) {
  /** As it is in the bundle. */
  static Description shipped() throws Exception {
    byte[] bytes = Document.resource("application/json", "openapi.json").bytes();
    return new Description(new ObjectMapper().readTree(bytes));
  }

  /** What a value has that the schema of this name does not permit, and what it lacks. */
  List<String> faults(String schema, JsonNode value) {
    ObjectNode reference = new ObjectMapper().createObjectNode();
    reference.put("$ref", "#/components/schemas/" + schema);
    return faults(reference, value);
  }

  List<String> faults(JsonNode schema, JsonNode value) {
    ObjectNode rooted = schema.deepCopy();
    rooted.set("components", whole.path("components"));
    SchemaValidatorsConfig strict =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(rooted, strict)
        .validate(value)
        .stream()
        .map(Object::toString)
        .toList();
  }
}
