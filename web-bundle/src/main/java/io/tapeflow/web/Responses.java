package io.tapeflow.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What all answers have in common. */
final class Responses {
  private Responses() {}

  static boolean reads(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String mediaType,
      byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(mediaType);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
