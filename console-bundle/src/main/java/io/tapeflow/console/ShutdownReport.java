package io.tapeflow.console;

import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The shutdown report for a launcher that shares no class with the bundles but the platform's. It
 * may be asked after this bundle has been stopped.
 */
@Component(service = Supplier.class, property = "tapeflow.role=shutdown-report")
public final class ShutdownReport implements Supplier<String> {
  private final Scopes scopes;

  /** Reports what this record holds. */
  @Activate
  public ShutdownReport(@Reference Scopes scopes) {
    this.scopes = scopes;
  }

  @Override
  public String get() {
    return scopes.closed().report();
  }
}
