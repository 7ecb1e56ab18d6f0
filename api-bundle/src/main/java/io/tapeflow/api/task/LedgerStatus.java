package io.tapeflow.api.task;

import java.util.List;
import java.util.Objects;

/**
 * The account of a component's background work at one moment. Every task started is in exactly one
 * of finished, cancelled, live and abandoned, so {@code started = finished + cancelled +
 * live.size() + abandoned.size()} always.
 *
 * @param owner the component, and its PID where it has one
 * @param started tasks entered since the scope was opened
 * @param finished tasks that came to their own end
 * @param cancelled tasks that ended because the scope was closed or their owner told them to
 * @param failed those of the finished that ended by an exception
 * @param live tasks that run, or wait to
 * @param abandoned tasks that did not end within the bound of the close
 * @param heartbeats of the executors and loops that the scope watches
 * @param close how the scope was closed; null while it is open
 * @param lateCallbacks calls that came in after the close had ended
 */
public record LedgerStatus(
    String owner,
    long started,
    long finished,
    long cancelled,
    long failed,
    List<TaskInfo> live,
    List<TaskInfo> abandoned,
    List<Heartbeat> heartbeats,
    CloseReport close,
    long lateCallbacks) {

  /** Checks that only the close may be null, and takes copies of the lists. */
  public LedgerStatus {
    Objects.requireNonNull(owner, "owner");
    live = List.copyOf(live);
    abandoned = List.copyOf(abandoned);
    heartbeats = List.copyOf(heartbeats);
  }

  /**
   * Whether every task is accounted for.
   *
   * @return false if the sums do not agree, which would be a fault of the ledger's own
   */
  public boolean balanced() {
    return started == finished + cancelled + live.size() + abandoned.size();
  }
}
