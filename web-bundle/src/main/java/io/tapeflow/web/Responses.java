package io.tapeflow.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all answers have in common. */
final class Responses {
  private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

  private Responses() {}

  static boolean reads(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  static void send(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    byte[] body = Json.bytes(problem.body());
    send(request, response, problem.status(), Problem.MEDIA_TYPE, body);
  }

  /** Without the bytes if the client has them already. */
  static void send(HttpServletRequest request, HttpServletResponse response, Document document)
      throws IOException {
    response.setHeader("ETag", document.tag());
    boolean known = knows(request.getHeader("If-None-Match"), document.tag());
    byte[] body = known ? new byte[0] : document.bytes();
    send(request, response, known ? 304 : 200, document.mediaType(), "no-cache", body);
  }

  private static boolean knows(String tags, String tag) {
    return tags != null
        && Arrays.stream(tags.split(","))
            .map(it -> it.strip().replaceFirst("^W/", ""))
            .anyMatch(it -> it.equals(tag) || it.equals("*"));
  }

  /** What changes by the moment: nobody may keep it. */
  static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String mediaType,
      byte[] body)
      throws IOException {
    send(request, response, status, mediaType, "no-store", body);
  }

  private static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String mediaType,
      String caching,
      byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(mediaType);
    response.setHeader("Cache-Control", caching);
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (status == 304) {
      return;
    }
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      try {
        response.getOutputStream().write(body);
      } catch (IOException e) {
        // The server would log a trace, but who asks may leave at any time: it is nobody's fault.
        LOG.debug("{} left before its answer was written", request.getRemoteAddr(), e);
      }
    }
  }
}
