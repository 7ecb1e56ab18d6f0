package io.tapeflow.web;

/**
 * What an event is about. Clients choose topics; what several of them want is made once.
 *
 * @param type the event's name
 * @param key of the instrument, or id of the stream or plan; empty if it is of none
 * @param variant such as which metrics a snapshot has; empty if there is one form
 */
record Topic(String type, String key, String variant) {
  static final String STATE = "state";
  static final String SNAPSHOT = "snapshot";
  static final String TRADES = "trades";
  static final String GAP = "gap";
  static final String REPAIR = "repair";
  static final String CHECKS = "checks";
  static final String PLAN = "plan";

  /** Whether only the newest event of the topic matters, because it says all that the others do. */
  boolean supersedes() {
    return switch (type) {
      case STATE, SNAPSHOT, CHECKS, PLAN -> true;
      default -> false;
    };
  }
}
