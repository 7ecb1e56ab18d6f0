package io.tapeflow.console;

import io.tapeflow.api.verification.CheckStatus;

/**
 * One thing that a check has found.
 *
 * @param status the verdict that it alone would give; null for what decides nothing
 * @param cause what it points to; null if nothing is wrong
 * @param sentence what was observed
 */
record Finding(CheckStatus status, Cause cause, String sentence) {}
