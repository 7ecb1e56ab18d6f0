package io.tapeflow.plan.evaluate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The thresholds on one number, in their order, each with the node that has it. */
final class Steps {
  private final List<Step> building = new ArrayList<>();
  private BigDecimal[] thresholds = {};
  private Node[] nodes = {};

  void add(BigDecimal threshold, Node node) {
    building.add(new Step(threshold, node));
  }

  /** No more are added. */
  void end() {
    building.sort(Comparator.comparing(Step::threshold));
    thresholds = building.stream().map(Step::threshold).toArray(BigDecimal[]::new);
    nodes = building.stream().map(Step::node).toArray(Node[]::new);
  }

  /**
   * Finds the nodes that may say something else.
   *
   * @param before the number before; null if it could not be told, and then all may
   * @param now the number; null if it cannot be told
   */
  void passed(BigDecimal before, BigDecimal now, Consumer<Node> each) {
    if (before == null || now == null) {
      for (Node node : nodes) {
        each.accept(node);
      }
      return;
    }
    boolean up = before.compareTo(now) < 0;
    BigDecimal high = up ? now : before;
    int last = nodes.length;
    for (int i = firstAtLeast(up ? before : now); i < last; i++) {
      if (thresholds[i].compareTo(high) > 0) {
        return;
      }
      each.accept(nodes[i]);
    }
  }

  private int firstAtLeast(BigDecimal low) {
    int from = 0;
    int to = thresholds.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (thresholds[middle].compareTo(low) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private record Step(BigDecimal threshold, Node node) {}
}
