package io.tapeflow.simulator;

import io.tapeflow.api.simulator.EmbeddedVenue;
import io.tapeflow.api.simulator.FaultKind;
import io.tapeflow.api.simulator.VenueAccount;
import io.tapeflow.api.simulator.VenueFault;
import java.util.Arrays;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Console commands {@code tapeflow:fault} and {@code tapeflow:venue}, while a venue runs. */
@Component(
    service = Object.class,
    property = {
      "osgi.command.scope=tapeflow",
      "osgi.command.function=fault",
      "osgi.command.function=venue"
    })
public final class VenueCommands {
  private static final String CLEAR = "clear";

  private final EmbeddedVenue venue;

  /** Commands on the venue that was there first. */
  @Activate
  public VenueCommands(
      @Reference(policyOption = ReferencePolicyOption.GREEDY) EmbeddedVenue venue) {
    this.venue = venue;
  }

  /** The venue's account. */
  public VenueAccount venue() {
    return venue.account();
  }

  /** The faults that are on, and those there are. */
  public String fault() {
    return describe();
  }

  /** Switches a fault on with its default number, or all faults off. */
  public String fault(String kind) {
    if (kind.equalsIgnoreCase(CLEAR)) {
      venue.clearFaults();
      return describe();
    }
    return fault(kind, 0);
  }

  /** Switches a fault on. */
  public String fault(String kind, int number) {
    return fault(kind, number, "");
  }

  /** Switches a fault of one symbol on. */
  public String fault(String kind, int number, String symbol) {
    venue.switchOn(new VenueFault(kindOf(kind), number, symbol));
    return describe();
  }

  private String describe() {
    return "On: %s. Kinds: %s, or %s"
        .formatted(venue.faults(), Arrays.toString(FaultKind.values()), CLEAR);
  }

  private static FaultKind kindOf(String kind) {
    String name = kind.toUpperCase(Locale.ROOT).replace('-', '_');
    for (FaultKind known : FaultKind.values()) {
      if (known.name().equals(name)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "There is no fault '%s'. Kinds: %s, or %s"
            .formatted(kind, Arrays.toString(FaultKind.values()), CLEAR));
  }
}
