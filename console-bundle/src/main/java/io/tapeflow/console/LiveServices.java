package io.tapeflow.console;

import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.stream.TradeDelivery;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.verification.SideConformance;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The services that there are at this moment. They come and go; every call looks anew. */
@Component(service = LiveServices.class)
public final class LiveServices {
  // Declarative Services replaces the whole list at each change, so a reader holds a copy.
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<TradeStream> streams = List.of();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<TradeDelivery> deliveries = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile OrderFlow orderFlow;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile SideConformance sides;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Plans plans;

  /** No services until they are bound. */
  @Activate
  public LiveServices() {}

  LiveServices(List<TradeStream> streams, List<TradeDelivery> deliveries, OrderFlow orderFlow) {
    this(streams, deliveries, orderFlow, null);
  }

  LiveServices(
      List<TradeStream> streams,
      List<TradeDelivery> deliveries,
      OrderFlow orderFlow,
      SideConformance sides) {
    this.streams = streams;
    this.deliveries = deliveries;
    this.orderFlow = orderFlow;
    this.sides = sides;
  }

  List<TradeStream> streams() {
    return streams;
  }

  List<TradeDelivery> deliveries() {
    return deliveries;
  }

  Optional<OrderFlow> orderFlow() {
    return Optional.ofNullable(orderFlow);
  }

  Optional<SideConformance> sides() {
    return Optional.ofNullable(sides);
  }

  /** Only for tests. */
  LiveServices with(Plans known) {
    plans = known;
    return this;
  }

  Optional<Plans> plans() {
    return Optional.ofNullable(plans);
  }
}
