package io.tapeflow.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.UrlEncoded;

/**
 * What the address of a stream connection asks for.
 *
 * @param route what stands before {@code /ws} or {@code /stream}; empty for nothing
 * @param streams to subscribe at once
 * @param combined whether events are wrapped in their stream's name
 * @param micros whether times are in microseconds
 */
record StreamTarget(String route, List<String> streams, boolean combined, boolean micros) {
  private static final String RAW = "/ws";
  private static final Pattern ROUTED = Pattern.compile("/(market|public|private)(/.*)");

  /** Reads a path below {@code /ws} or {@code /stream}, or one of these below a route. */
  static StreamTarget of(HttpURI uri) {
    Fields query = new Fields();
    if (uri.getQuery() != null) {
      UrlEncoded.decodeTo(uri.getQuery(), query::add, StandardCharsets.UTF_8);
    }
    String whole = URIUtil.decodePath(uri.getPath());
    Matcher routed = ROUTED.matcher(whole);
    String route = routed.matches() ? routed.group(1) : "";
    String path = routed.matches() ? routed.group(2) : whole;
    boolean raw = path.equals(RAW) || path.startsWith(RAW + '/');
    String names = raw ? path.substring(RAW.length()) : value(query, "streams");
    boolean micros = "MICROSECOND".equalsIgnoreCase(value(query, "timeUnit"));
    return new StreamTarget(route, split(names), !raw, micros);
  }

  private static String value(Fields query, String name) {
    String value = query.getValue(name);
    return value == null ? "" : value;
  }

  private static List<String> split(String names) {
    return Arrays.stream(names.split("/", -1)).filter(name -> !name.isEmpty()).distinct().toList();
  }
}
