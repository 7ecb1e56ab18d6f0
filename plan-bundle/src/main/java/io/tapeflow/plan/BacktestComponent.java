package io.tapeflow.plan;

import io.tapeflow.api.metrics.OrderFlowBatch;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.trade.TradeBatch;
import io.tapeflow.api.trade.TradeGap;
import io.tapeflow.api.trade.TradeListener;
import io.tapeflow.plan.text.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Tries plans on the trades of a replay. The launcher, which shares no class with bundles, asks it
 * by a function of the Java library: {@code progress} gives the number of {@code trades} it has
 * seen, {@code finish} the {@code lines} of its report.
 */
@Component(
    service = {TradeListener.class, Function.class},
    configurationPid = BacktestComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {
      "tapeflow.role=backtest",
      TradeListener.FROM_HISTORY + ":Boolean=true",
      TradeListener.NAME + "=backtest"
    })
@Designate(ocd = BacktestConfiguration.class)
public final class BacktestComponent
    implements TradeListener, Function<String, Map<String, Object>> {
  static final String PID = "io.tapeflow.plan.backtest";

  private final Backtest backtest;
  private final OrderFlowBatch batch;
  private final List<String> gaps = new ArrayList<>();
  private long trades;

  /**
   * Reads the plans. The launcher has judged them.
   *
   * @throws IOException if a file cannot be read
   */
  @Activate
  public BacktestComponent(
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) OrderFlowBatch batch,
      BacktestConfiguration configuration)
      throws IOException {
    List<Plan> plans = new ArrayList<>();
    for (String file : List.of(configuration.files().split(",", -1))) {
      for (PlanDraft draft : PlanFile.read(file, Files.readString(Path.of(file)))) {
        if (!draft.faults().isEmpty()) {
          throw new IllegalArgumentException(file + ": " + draft.faults());
        }
        plans.add(draft.plan());
      }
    }
    backtest = new Backtest(plans);
    this.batch = batch;
    batch.show(backtest);
  }

  @Override
  public synchronized void onTrades(TradeBatch more) {
    batch.trades(more);
    trades += more.size();
  }

  @Override
  public synchronized void onGap(TradeGap gap) {
    batch.gap(gap);
    backtest.interrupted();
    gaps.add("Plans were not shown trades %d to %d".formatted(gap.firstId(), gap.lastId()));
  }

  @Override
  public synchronized Map<String, Object> apply(String command) {
    return switch (command) {
      case "progress" -> Map.of("trades", trades);
      case "finish" -> {
        List<String> lines = new ArrayList<>(backtest.lines());
        lines.addAll(gaps);
        yield Map.of("lines", List.copyOf(lines));
      }
      default ->
          throw new IllegalArgumentException(
              "command must be 'progress' or 'finish', but is '" + command + "'");
    };
  }
}
