package io.tapeflow.api.verification;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Verifies the running system: no task destroyed, initialises once, tasks complete on shutdown,
 * connection completes, history populates, metrics available.
 *
 * <p>A verification reads what the services say; it does no I/O, returns at once, and may be asked
 * for from any thread.
 */
@ProviderType
public interface Verification {
  /**
   * Makes the six checks.
   *
   * @return the report; never null
   */
  VerificationReport verify();

  /**
   * Writes a report.
   *
   * @param report to be written
   * @param format the form
   * @return the text; JSON has {@code checks} (each with {@code id}, {@code name}, {@code status},
   *     {@code since}, {@code evidence}, {@code timeline}), {@code rootCause} and {@code at}
   */
  String write(VerificationReport report, ReportFormat format);

  /**
   * How the components that have been stopped were stopped, for a person to read at the end.
   *
   * @return a line each, and a last line with the sum of abandoned tasks
   */
  String shutdownReport();
}
