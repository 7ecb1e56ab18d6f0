package io.tapeflow.api.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The account of one component's background work. Registered as a service from the component's
 * start until after its close has ended, so that whoever tracks it can read the final account when
 * it goes.
 */
@ProviderType
public interface TaskLedger {
  /**
   * The account now. May be called from any thread, also after the service has gone.
   *
   * @return a snapshot; never null
   */
  LedgerStatus status();
}
