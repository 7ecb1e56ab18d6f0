package io.tapeflow.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest few checkpoints of an instrument, in the order of their ids. If there are too many,
 * one from their middle goes: late trades can then still be put in, only with more to compute anew.
 */
final class Checkpoints {
  static final int MAX = 8;

  private List<Checkpoint> checkpoints = new ArrayList<>();

  boolean isEmpty() {
    return checkpoints.isEmpty();
  }

  void add(Checkpoint checkpoint) {
    checkpoints.add(checkpoint);
    if (checkpoints.size() > MAX) {
      checkpoints.remove(1);
    }
  }

  /** The last one that does not contain an id; null if there is none. */
  Checkpoint before(long id) {
    Checkpoint found = null;
    for (Checkpoint checkpoint : checkpoints) {
      if (checkpoint.coveredId() < id) {
        found = checkpoint;
      }
    }
    return found;
  }

  /** Drops those behind an id: their ids are being computed anew. */
  void dropAfter(long id) {
    checkpoints.removeIf(checkpoint -> checkpoint.coveredId() > id);
  }

  /** Keeps those from which a gap can be closed that is still open, if history reaches back. */
  void keepUseful(IdRanges gaps, Replay replay) {
    List<Checkpoint> useful = new ArrayList<>();
    for (int i = 0; i < checkpoints.size(); i++) {
      Checkpoint checkpoint = checkpoints.get(i);
      long next = i + 1 < checkpoints.size() ? checkpoints.get(i + 1).coveredId() : Long.MAX_VALUE;
      long first = checkpoint.coveredId() + 1;
      if (!gaps.within(first, next).isEmpty() && replay.reachesBackTo(checkpoint.coveredId())) {
        useful.add(checkpoint);
      }
    }
    checkpoints = useful;
  }
}
