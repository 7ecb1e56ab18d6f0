package io.tapeflow.console;

import io.tapeflow.api.metrics.MetricSnapshot;
import io.tapeflow.api.verification.ReportFormat;
import io.tapeflow.api.verification.Verification;
import java.io.PrintWriter;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts into a support archive what helps to find a cause: report, status, metrics, closes. */
@Component(
    service = InventoryPrinter.class,
    property = {
      InventoryPrinter.NAME + "=tapeflow",
      InventoryPrinter.TITLE + "=Tapeflow",
      InventoryPrinter.FORMAT + "=TEXT",
      InventoryPrinter.FORMAT + "=JSON"
    })
public final class StateInventory implements InventoryPrinter {
  private final RecentObservation recent;
  private final Commands commands;
  private final Verification verification;

  /** Prints what the services say. */
  @Activate
  public StateInventory(
      @Reference RecentObservation recent,
      @Reference Commands commands,
      @Reference Verification verification) {
    this.recent = recent;
    this.commands = commands;
    this.verification = verification;
  }

  /** As text all there is; as JSON the verification report. */
  @Override
  public void print(PrintWriter out, Format format, boolean isZip) {
    if (format == Format.JSON) {
      out.print(verification.write(verification.verify(), ReportFormat.JSON));
      return;
    }
    out.println(verification.write(verification.verify(), ReportFormat.TEXT));
    out.println(commands.status());
    for (MetricSnapshot snapshot : recent.get().snapshots().values()) {
      out.println(Metrics.of(snapshot, ""));
    }
    out.println("What has been stopped");
    out.println(verification.shutdownReport());
  }
}
