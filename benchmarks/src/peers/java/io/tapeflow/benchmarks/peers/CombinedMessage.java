package io.tapeflow.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapeflow.benchmarks.race.Tally;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** A message of a combined stream as databind makes it. */
record CombinedMessage(@JsonProperty("stream") String stream, @JsonProperty("data") Data data) {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(CombinedMessage.class);

  /** The trade in it; all eight fields that have a use. */
  record Data(
      @JsonProperty("E") long eventTime,
      @JsonProperty("s") String symbol,
      @JsonProperty("a") long id,
      @JsonProperty("p") BigDecimal price,
      @JsonProperty("q") BigDecimal quantity,
      @JsonProperty("T") long time,
      @JsonProperty("m") boolean buyerIsMaker) {}

  /** Reads a message and counts its trade. */
  static void take(String text, Tally tally) {
    try {
      Data trade = READER.<CombinedMessage>readValue(text).data();
      // The venue writes eight decimals.
      long quantity = trade.quantity().unscaledValue().longValue();
      tally.trade(trade.id(), quantity, !trade.buyerIsMaker(), trade.eventTime());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
