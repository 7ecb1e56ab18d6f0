package io.tapeflow.simulator;

import java.util.List;
import java.util.function.UnaryOperator;

/** Ways to write a trade in valid JSON and yet wrongly, one after the other. */
final class Misspelling {
  /** Each makes something else of the JSON of an event. */
  private static final List<UnaryOperator<String>> WAYS =
      List.of(
          // Numbers as texts, and texts as numbers; the latter can still be read.
          json -> json.replaceFirst("\"a\":(\\d+)", "\"a\":\"$1\""),
          json -> json.replaceFirst("\"p\":\"([0-9.]+)\"", "\"p\":$1"),
          json -> json.replaceFirst("\"T\":(\\d+)", "\"T\":\"$1\""),
          // Missing fields.
          json -> json.replaceFirst("\"q\":\"[0-9.]+\",", ""),
          json -> json.replaceFirst("\"a\":\\d+,", ""),
          json -> json.replaceFirst("\"s\":\"[^\"]+\",", ""),
          json -> json.replaceFirst("\"m\":(true|false),?", "\"x\":0,"),
          // Wrong types.
          json -> json.replaceFirst("\"a\":\\d+", "\"a\":null"),
          json -> json.replaceFirst("\"p\":\"[0-9.]+\"", "\"p\":{\"value\":[1,2]}"),
          json -> json.replaceFirst("\"q\":\"[0-9.]+\"", "\"q\":\"a lot\""),
          json -> json.replaceFirst("\"m\":(true|false)", "\"m\":\"$1\""),
          json -> json.replaceFirst("\"s\":\"[^\"]+\"", "\"s\":7"),
          // Wrong values.
          json -> json.replaceFirst("\"s\":\"[^\"]+\"", "\"s\":\"NOSUCHCOIN\""),
          json -> json.replaceFirst("\"p\":\"[0-9.]+\"", "\"p\":\"-1\""),
          json -> json.replaceFirst("\"q\":\"[0-9.]+\"", "\"q\":\"0.00000000\""),
          json -> json.replaceFirst("\"a\":(\\d+)", "\"a\":$1.5"),
          json -> json.replaceFirst("\"a\":\\d+", "\"a\":99999999999999999999999"),
          // Something else altogether.
          json -> json.replaceFirst("\"aggTrade\"", "\"aggTrades\""),
          json -> "[" + json + "]",
          json -> "null");

  private Misspelling() {}

  static int ways() {
    return WAYS.size();
  }

  static String of(String json, int number) {
    return WAYS.get(Math.floorMod(number, WAYS.size())).apply(json);
  }
}
