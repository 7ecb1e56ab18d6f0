package io.tapeflow.api.verification;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Says whether a venue adapter's aggressor side agrees with price movement. A decoder that reads
 * the side wrongly gives numbers that look like numbers; this is what gives it away.
 *
 * <p>The method returns at once and may be called from any thread.
 */
@ProviderType
public interface SideConformance {
  /**
   * The verdict on each instrument that trades have come of.
   *
   * @return in the order of their keys
   */
  List<SideVerdict> verdicts();
}
