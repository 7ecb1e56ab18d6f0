package io.tapeflow.api.verification;

/** The forms in which a report can be written. */
public enum ReportFormat {
  /** Plain text for a terminal. */
  TEXT,
  /** Markdown for an issue or a chat. */
  MARKDOWN,
  /** JSON for scripts. */
  JSON
}
