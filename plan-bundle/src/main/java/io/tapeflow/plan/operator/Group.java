package io.tapeflow.plan.operator;

import io.tapeflow.api.plan.Truth;
import java.util.List;

/**
 * All, any or none of the parts. What cannot be told decides nothing: if what can be told leaves
 * the answer open, there is none.
 */
enum Group implements Operator {
  ALL(Truth.FAILS, Truth.FAILS, Truth.HOLDS),
  ANY(Truth.HOLDS, Truth.HOLDS, Truth.FAILS),
  NONE(Truth.HOLDS, Truth.FAILS, Truth.HOLDS);

  private final Truth decisive;
  private final Truth then;
  private final Truth otherwise;

  /**
   * A group.
   *
   * @param decisive what one part says that decides
   * @param then the answer if one does
   * @param otherwise the answer if none does
   */
  Group(Truth decisive, Truth then, Truth otherwise) {
    this.decisive = decisive;
    this.then = then;
    this.otherwise = otherwise;
  }

  @Override
  public Truth at(long timeMicros, List<Truth> parts) {
    if (parts.contains(decisive)) {
      return then;
    }
    return parts.contains(Truth.BLOCKED) ? Truth.BLOCKED : otherwise;
  }
}
