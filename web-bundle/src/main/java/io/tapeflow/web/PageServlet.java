package io.tapeflow.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The dashboard: a few files of this bundle, which draw what the API says. */
@Component(service = Servlet.class)
@HttpWhiteboardServletName("tapeflow-page")
@HttpWhiteboardServletPattern("/tapeflow/*")
public final class PageServlet extends HttpServlet {
  static final List<String> FILES =
      List.of(
          "index.html",
          "style.css",
          "icon.svg",
          "app.js",
          "chart.js",
          "feed.js",
          "footprint.js",
          "panels.js",
          "tape.js");

  private static final long serialVersionUID = 1L;

  private final transient Map<String, Document> files;

  /** Reads the files. */
  @Activate
  public PageServlet() {
    files =
        FILES.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    name -> name, name -> Document.resource(mediaType(name), "page/" + name)));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    if (!Responses.reads(request)) {
      response.setHeader("Allow", "GET, HEAD");
      send(request, response, 405, "Only GET is allowed.");
    } else if (path == null) {
      response.sendRedirect(request.getContextPath() + request.getServletPath() + '/');
    } else {
      Document file = files.get(path.equals("/") ? "index.html" : path.substring(1));
      if (file == null) {
        send(request, response, 404, "There is no such page.");
      } else {
        Responses.send(request, response, file);
      }
    }
  }

  private static void send(
      HttpServletRequest request, HttpServletResponse response, int status, String words)
      throws IOException {
    String page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Tapeflow</title></head>
        <body><p>%s <a href="/tapeflow/">Tapeflow</a></p></body></html>
        """
            .formatted(words);
    Responses.send(
        request, response, status, mediaType(".html"), page.getBytes(StandardCharsets.UTF_8));
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".html" -> "text/html;charset=utf-8";
      case ".css" -> "text/css;charset=utf-8";
      case ".js" -> "text/javascript;charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("What is " + name + "?");
    };
  }
}
