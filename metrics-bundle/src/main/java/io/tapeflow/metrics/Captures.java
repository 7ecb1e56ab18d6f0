package io.tapeflow.metrics;

import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.tasks.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Reads the metrics of one instrument, for anyone who asks. */
final class Captures {
  /** A capture serves all who ask within this time, as long as nothing has changed. */
  private static final long SAME_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Present present;
  private final Clock clock;

  // In turn only.
  private Capture latest;
  private long latestVersion;

  Captures(Present present, Clock clock) {
    this.present = present;
    this.clock = clock;
  }

  /** Everything known now, at one moment; its reading is null if there has been no trade. */
  Capture all() {
    present.turn().takeToRead();
    try {
      long nanos = clock.nanos();
      if (isLatest(nanos)) {
        return latest;
      }
      Run run = present.run();
      FlowReading reading = run.tape().read();
      List<FamilyReading> families = new ArrayList<>();
      if (reading != null) {
        long micros = reading.timeAt(nanos);
        run.slots().forEach(slot -> families.add(slot.read(micros)));
      }
      latest = new Capture(reading, run.continuity(), nanos, families);
      latestVersion = present.version();
      return latest;
    } finally {
      present.turn().end();
    }
  }

  /** Only the core, which can be read without waiting for one's turn. */
  Capture core() {
    Run run = present.run();
    FlowReading reading = run.tape().read();
    return new Capture(reading, run.continuity(), clock.nanos(), List.of());
  }

  /** The core, and the family that has announced a metric, if one has. */
  Capture familyOf(String metric) {
    present.turn().takeToRead();
    try {
      long nanos = clock.nanos();
      if (isLatest(nanos)) {
        return latest.only(metric);
      }
      Run run = present.run();
      FlowReading reading = run.tape().read();
      List<FamilyReading> families = new ArrayList<>();
      for (FamilySlot slot : run.slots()) {
        if (reading != null && families.isEmpty() && slot.infos().containsKey(metric)) {
          families.add(slot.read(reading.timeAt(nanos)));
        }
      }
      return new Capture(reading, run.continuity(), nanos, families);
    } finally {
      present.turn().end();
    }
  }

  /** What each family has announced, in the order of their names. */
  SortedMap<String, Map<String, MetricInfo>> announced() {
    present.turn().takeToRead();
    try {
      SortedMap<String, Map<String, MetricInfo>> announced = new TreeMap<>();
      present.run().slots().forEach(slot -> announced.put(slot.family(), slot.infos()));
      return announced;
    } finally {
      present.turn().end();
    }
  }

  /** One line for each family that has failed. */
  List<String> failures() {
    present.turn().takeToRead();
    try {
      return present.run().slots().stream()
          .filter(FamilySlot::hasFailed)
          .map(slot -> "The family " + slot.family() + " gives nothing. " + slot.reason())
          .toList();
    } finally {
      present.turn().end();
    }
  }

  /** What was read is not to be shared any more. */
  void forget() {
    present.turn().takeToRead();
    try {
      latest = null;
    } finally {
      present.turn().end();
    }
  }

  private boolean isLatest(long nanos) {
    return latest != null
        && latestVersion == present.version()
        && !latest.families().isEmpty()
        && nanos - latest.nanos() < SAME_MOMENT_NANOS;
  }
}
