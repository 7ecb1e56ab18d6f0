package io.tapeflow.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer that is not what was asked for, in the form of RFC 9457. */
final class Problem extends RuntimeException {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final transient List<String> available;

  private Problem(int status, String title, String detail, Collection<String> available) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.available = available == null ? null : List.copyOf(available);
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail, null);
  }

  static Problem noSuchPath(String path, List<String> paths) {
    return new Problem(404, "No such path", "There is nothing at " + path, paths);
  }

  static Problem unknownInstrument(String name, Collection<String> known) {
    return new Problem(404, "Unknown instrument", "There is no instrument " + name, known);
  }

  static Problem ambiguousInstrument(String name, Collection<String> meant) {
    return new Problem(
        409, "Ambiguous instrument", "Several venues have " + name + "; name one as well", meant);
  }

  static Problem foreignHost() {
    return new Problem(
        421,
        "Misdirected request",
        "This server is not called so: use localhost, its address, or a name listed in hosts of"
            + " the configuration io.tapeflow.web",
        null);
  }

  static Problem unauthorized() {
    return new Problem(
        401,
        "Unauthorized",
        "The token is wanted, as a bearer token or as the password of any user",
        null);
  }

  static Problem tooMany(String detail) {
    return new Problem(429, "Too many requests", detail, null);
  }

  static Problem tooLong(int limit) {
    return new Problem(
        414, "Query too long", "A query has at most %d characters".formatted(limit), null);
  }

  static Problem bodyRefused() {
    return new Problem(413, "Content too large", "A request has no body here", null);
  }

  static Problem notAllowed(String method) {
    return new Problem(405, "Method not allowed", method + " is not allowed; GET is", null);
  }

  static Problem internal() {
    return new Problem(500, "Internal error", "A service failed; the log has the details", null);
  }

  static Problem missing(String bundle, String what) {
    return new Problem(
        503, "Service missing", "No %s: %s is not active".formatted(what, bundle), null);
  }

  static Problem notInstalled(String bundle) {
    return new Problem(503, "Service missing", bundle + " is not installed", null);
  }

  static Problem full(int most) {
    return new Problem(
        503, "Too many clients", "There are %d clients of events already".formatted(most), null);
  }

  int status() {
    return status;
  }

  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status);
    body.put("detail", getMessage());
    if (available != null) {
      body.put("available", available);
    }
    return body;
  }
}
