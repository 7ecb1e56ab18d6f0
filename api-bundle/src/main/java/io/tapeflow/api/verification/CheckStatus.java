package io.tapeflow.api.verification;

/** The verdict of a check. */
public enum CheckStatus {
  /** It was observed to hold. */
  PASS,
  /** It was observed not to hold. */
  FAIL,
  /** Nothing was observed that could decide it. */
  CANNOT_VERIFY
}
