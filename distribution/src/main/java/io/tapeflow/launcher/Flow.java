package io.tapeflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What one instrument's trades and order flow look like, in one line for a newcomer. */
record Flow(String symbol, long trades, JsonNode snapshot) {
  private static final int WINDOW = 30;
  private static final int DIGITS = 3;

  static Flow of(String symbol, JsonNode streams, JsonNode snapshot) {
    long trades = 0;
    for (JsonNode stream : streams) {
      for (JsonNode instrument : stream.path("instruments")) {
        if (instrument.path("symbol").asText().equals(symbol)) {
          trades += instrument.path("delivered").asLong();
        }
      }
    }
    return new Flow(symbol, trades, snapshot);
  }

  boolean ok() {
    return "OK".equals(snapshot.path("status").asText());
  }

  String line() {
    String window = "." + WINDOW + "s";
    return "%s  last %s  trades %d  last %s: bought %s, sold %s, delta %s -> %s  CVD %s  [%s]"
        .formatted(
            symbol,
            number("price.last", false),
            trades,
            covered("delta" + window),
            number("volume.buy" + window, false),
            number("volume.sell" + window, false),
            number("delta" + window, true),
            control("dominant" + window),
            number("cvd.start", true),
            status());
  }

  private String status() {
    String reason = snapshot.path("reason").asText();
    return snapshot.path("status").asText() + (reason.isEmpty() ? "" : ": " + reason);
  }

  /** The window, or how much of it there has been so far. */
  private String covered(String metric) {
    JsonNode window = snapshot.path("metrics").path(metric);
    long seconds = window.path("coverage").asLong();
    boolean whole = !"WARMING_UP".equals(window.path("status").asText());
    return (whole ? "" : seconds + " of ") + WINDOW + " s";
  }

  /** Who is in control: a verdict only over a whole window of a live feed. */
  private String control(String metric) {
    String verdict =
        switch (value(metric)) {
          case "BUY" -> "buyers in control";
          case "SELL" -> "sellers in control";
          case "" -> "unknown";
          default -> "neither side in control";
        };
    return switch (snapshot.path("metrics").path(metric).path("status").asText()) {
      case "OK" -> verdict;
      case "WARMING_UP" -> "so far " + verdict;
      default -> "not known now";
    };
  }

  private String number(String metric, boolean signed) {
    String text = value(metric);
    if (text.isEmpty()) {
      return "-";
    }
    BigDecimal exact = new BigDecimal(text);
    BigDecimal shown =
        exact.scale() > DIGITS ? exact.setScale(DIGITS, RoundingMode.HALF_EVEN) : exact;
    return (signed && shown.signum() > 0 ? "+" : "") + shown.toPlainString();
  }

  private String value(String metric) {
    return snapshot.path("metrics").path(metric).path("value").asText("");
  }
}
