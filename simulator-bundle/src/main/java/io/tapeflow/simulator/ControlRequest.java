package io.tapeflow.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a client asks for on a stream connection.
 *
 * @param params strings and booleans; anything else is in as null
 * @param id as it was written, to be sent back
 */
record ControlRequest(Method method, List<Object> params, String id) {
  enum Method {
    SUBSCRIBE,
    UNSUBSCRIBE,
    LIST_SUBSCRIPTIONS,
    SET_PROPERTY,
    GET_PROPERTY
  }

  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_ID = 36;

  /** A request that the venue answers with an error. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    Refused(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static ControlRequest parse(byte[] message) throws Refused {
    try (JsonParser parser = JSON.createParser(message)) {
      return parse(parser);
    } catch (JsonProcessingException e) {
      throw notJson(e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ControlRequest parse(JsonParser parser) throws IOException, Refused {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw notJson(parser.currentTokenLocation());
    }
    Method method = null;
    List<Object> params = List.of();
    String id = "null";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "method" -> method = method(parser);
        case "params" -> params = params(parser);
        case "id" -> id = id(parser);
        default -> parser.skipChildren();
      }
    }
    String end = place(parser.currentLocation());
    if (parser.nextToken() != null) {
      throw notJson(parser.currentTokenLocation());
    }
    if (method == null) {
      throw new Refused(2, "Invalid request: missing field `method` at " + end);
    }
    return new ControlRequest(method, params, id);
  }

  private static Method method(JsonParser parser) throws IOException, Refused {
    String name = parser.getText();
    for (Method method : Method.values()) {
      if (parser.currentToken() == JsonToken.VALUE_STRING && method.name().equals(name)) {
        return method;
      }
    }
    String known =
        Arrays.stream(Method.values())
            .map(method -> "`" + method + "`")
            .collect(Collectors.joining(", "));
    throw new Refused(
        2,
        "Invalid request: unknown variant `%s`, expected one of %s at %s"
            .formatted(name, known, place(parser.currentLocation())));
  }

  private static List<Object> params(JsonParser parser) throws IOException, Refused {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new Refused(
          2,
          "Invalid request: invalid type, expected a sequence at "
              + place(parser.currentTokenLocation()));
    }
    List<Object> params = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      switch (parser.currentToken()) {
        case VALUE_STRING -> params.add(parser.getText());
        case VALUE_TRUE, VALUE_FALSE -> params.add(parser.getBooleanValue());
        default -> {
          parser.skipChildren();
          params.add(null);
        }
      }
    }
    return params;
  }

  private static String id(JsonParser parser) throws IOException, Refused {
    JsonToken token = parser.currentToken();
    String text = parser.getText();
    if (token == JsonToken.VALUE_NULL) {
      return "null";
    }
    if (token == JsonToken.VALUE_NUMBER_INT && fitsLong(parser)) {
      return text;
    }
    if (token == JsonToken.VALUE_STRING
        && text.length() <= LONGEST_ID
        && text.chars().allMatch(ControlRequest::isAlphanumeric)) {
      return '"' + text + '"';
    }
    throw new Refused(2, "Invalid request: request ID must be an unsigned integer");
  }

  private static boolean fitsLong(JsonParser parser) throws IOException {
    return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_';
  }

  private static Refused notJson(JsonLocation at) {
    return new Refused(3, "Invalid JSON: expected value at " + place(at));
  }

  private static String place(JsonLocation at) {
    return "line " + at.getLineNr() + " column " + at.getColumnNr();
  }
}
