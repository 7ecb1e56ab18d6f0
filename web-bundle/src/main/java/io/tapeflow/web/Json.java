package io.tapeflow.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How values are put into JSON. */
final class Json {
  // Jackson's own cache of types is static, and would keep the class loader of a stopped bundle.
  private static final LookupCache<Object, JavaType> TYPES = new LRUMap<>(16, 200);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().typeFactory(TypeFactory.defaultInstance().withCache(TYPES)).build();

  private static final DateTimeFormatter MICROSECONDS =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

  private Json() {}

  static byte[] bytes(Object view) throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(view);
  }

  /** JSON without a line break, of a view that has nothing that JSON has not. */
  static byte[] line(Object view) {
    try {
      return bytes(view);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** ISO-8601; null stays null. */
  static String time(Instant at) {
    return at == null ? null : at.toString();
  }

  /** ISO-8601 with exactly six decimals. */
  static String time(long micros) {
    return MICROSECONDS.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** An id; null where there is none yet. */
  static Long id(long id) {
    return id < 0 ? null : id;
  }
}
