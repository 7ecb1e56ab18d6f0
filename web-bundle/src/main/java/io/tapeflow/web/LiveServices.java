package io.tapeflow.web;

import io.tapeflow.api.metrics.OrderFlow;
import io.tapeflow.api.plan.Plans;
import io.tapeflow.api.stream.TradeDelivery;
import io.tapeflow.api.stream.TradeStream;
import io.tapeflow.api.task.TaskLedger;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.api.verification.Verification;
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

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<TaskLedger> ledgers = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Plans plans;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile OrderFlow orderFlow;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Verification verification;

  /** No services until they are bound. */
  @Activate
  public LiveServices() {}

  LiveServices(List<TradeStream> streams, OrderFlow orderFlow, Verification verification) {
    this.streams = streams;
    this.orderFlow = orderFlow;
    this.verification = verification;
  }

  LiveServices(
      List<TradeStream> streams,
      OrderFlow orderFlow,
      Verification verification,
      List<TradeDelivery> deliveries,
      List<TaskLedger> ledgers,
      Plans plans) {
    this(streams, orderFlow, verification);
    this.deliveries = deliveries;
    this.ledgers = ledgers;
    this.plans = plans;
  }

  List<TradeStream> streams() {
    return streams;
  }

  List<TradeDelivery> deliveries() {
    return deliveries;
  }

  List<TaskLedger> ledgers() {
    return ledgers;
  }

  /** The plans, if there are any to be asked for. */
  Optional<Plans> planning() {
    return Optional.ofNullable(plans);
  }

  /** The order flow; a problem names the bundle that is missing if there is none. */
  OrderFlow orderFlow() {
    OrderFlow present = orderFlow;
    if (present == null) {
      throw Problem.missing("metrics-bundle", "metrics");
    }
    return present;
  }

  /** The verification; a problem names the bundle that is missing if there is none. */
  Verification verification() {
    Verification present = verification;
    if (present == null) {
      throw Problem.missing("console-bundle", "verification");
    }
    return present;
  }

  /** The order flow, if there is one. */
  Optional<OrderFlow> measuring() {
    return Optional.ofNullable(orderFlow);
  }

  /** The verification, if there is one. */
  Optional<Verification> verifying() {
    return Optional.ofNullable(verification);
  }

  /** The instruments that the order flow knows; none if there is no order flow. */
  List<Instrument> measured() {
    OrderFlow present = orderFlow;
    return present == null ? List.of() : present.instruments();
  }
}
