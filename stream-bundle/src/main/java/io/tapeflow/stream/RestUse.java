package io.tapeflow.stream;

import java.time.Duration;

/** What REST is asked for. When the budget is short, repairs go first. */
enum RestUse {
  /** Missing trades. They are wanted until they are there. */
  REPAIR(0, "missing trades", Duration.ofSeconds(5), Duration.ofDays(4)),
  /** An instrument that waits for its decimals has usable ones without an answer. */
  SCALES(1, "the decimals of instruments", Duration.ofSeconds(3), Duration.ofSeconds(3)),
  /** Whether a quiet instrument is quiet at the venue; an old answer is of no use. */
  PROBE(2, "the newest trade of a quiet instrument", Duration.ofSeconds(5), Duration.ofSeconds(10)),
  /** The venue's time. */
  CLOCK(3, "the venue's time", Duration.ofSeconds(5), Duration.ofMinutes(5));

  private final int precedence;
  private final String words;
  private final Duration timeout;
  private final Duration patience;

  RestUse(int precedence, String words, Duration timeout, Duration patience) {
    this.precedence = precedence;
    this.words = words;
    this.timeout = timeout;
    this.patience = patience;
  }

  /** The lower number goes first. */
  int precedence() {
    return precedence;
  }

  String words() {
    return words;
  }

  /** How long an answer may take. */
  Duration timeout() {
    return timeout;
  }

  /** How long the request may wait for its turn. */
  Duration patience() {
    return patience;
  }
}
