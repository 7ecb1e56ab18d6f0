package io.tapeflow.plan.check;

import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.TextPosition;
import java.util.Map;

/** Where in a text faults are. */
public final class Places {
  private Places() {}

  /**
   * The fault at its place; what the text does not say, such as a default, is where its whole is.
   */
  public static PlanFault place(PlanFault fault, Map<String, TextPosition> positions) {
    String path = fault.path();
    while (!positions.containsKey(path) && !path.isEmpty()) {
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return fault.at(positions.get(path));
  }
}
