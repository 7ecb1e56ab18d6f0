package io.tapeflow.console;

import java.io.PrintWriter;

/** Writes a page so that no text of others becomes markup. */
final class Html {
  private final PrintWriter out;

  Html(PrintWriter out) {
    this.out = out;
  }

  static String text(Object value) {
    return String.valueOf(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  void heading(String words) {
    out.printf("<h3>%s</h3>%n", text(words));
  }

  void line(String words) {
    out.printf("<p>%s</p>%n", text(words));
  }

  void begin(String... columns) {
    out.print("<table class=\"nicetable ui-widget\"><thead><tr>");
    for (String column : columns) {
      out.printf("<th class=\"ui-widget-header\" scope=\"col\">%s</th>", text(column));
    }
    out.println("</tr></thead><tbody class=\"ui-widget-content\">");
  }

  void row(Object... cells) {
    out.print("<tr>");
    for (Object cell : cells) {
      out.printf("<td>%s</td>", cell == null ? "-" : text(cell).replace("\n", "<br>"));
    }
    out.println("</tr>");
  }

  void end() {
    out.println("</tbody></table>");
  }

  /** A button that does something. */
  void button(String label, String token, String action, String target) {
    out.printf(
        "<form method=\"post\" action=\"\"><input type=\"hidden\" name=\"token\" value=\"%s\">"
            + "<input type=\"hidden\" name=\"action\" value=\"%s\">"
            + "<input type=\"hidden\" name=\"target\" value=\"%s\">"
            + "<button type=\"submit\">%s</button></form>%n",
        text(token), text(action), text(target), text(label));
  }
}
