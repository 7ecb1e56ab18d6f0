package io.tapeflow.plan.condition;

import static io.tapeflow.plan.condition.Parameters.flag;
import static io.tapeflow.plan.condition.Parameters.maybeSeconds;
import static io.tapeflow.plan.condition.Parameters.number;
import static io.tapeflow.plan.condition.Parameters.price;
import static io.tapeflow.plan.condition.Parameters.seconds;
import static io.tapeflow.plan.condition.Parameters.word;

import io.tapeflow.api.plan.Condition;
import io.tapeflow.api.plan.ConditionArguments;
import io.tapeflow.api.plan.ConditionFactory;
import io.tapeflow.api.plan.ConditionParameter;
import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.trade.Side;
import io.tapeflow.plan.condition.NumberTests.Bound;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The conditions by their names. */
public final class StandardConditions {
  private static final String BUY = "BUY";
  private static final String SELL = "SELL";
  private static final String UP = "UP";
  private static final String DOWN = "DOWN";
  private static final String ANY = "ANY";
  private static final String THRESHOLD = "threshold";
  private static final String WINDOW = "window";
  private static final String SESSION = "session";
  private static final String BAR = "bar";
  private static final String DIRECTION = "direction";
  private static final String MOST = "1000000000000";
  private static final int HOUR = 3600;
  private static final String BOOK =
      "It needs the order book, and Tapeflow has trades only, no book feed";

  private StandardConditions() {}

  /** One factory for each name. */
  public static List<ConditionFactory> all() {
    List<ConditionFactory> all = new ArrayList<>();
    all.add(delta("delta_positive", "More was bought than sold", "above threshold", true));
    all.add(delta("delta_negative", "More was sold than bought", "below -threshold", false));
    all.add(slope("cvd_rising", "CVD rises", true));
    all.add(slope("cvd_falling", "CVD falls", false));
    String cvd = "between price and CVD, at pivots unless form says otherwise";
    all.add(divergence("cvd_div_bull", "BULL", cvd, "pivot", "hidden", "slope"));
    all.add(divergence("cvd_div_bear", "BEAR", cvd, "pivot", "hidden", "slope"));
    String delta = "between the move of the last closed bar and its delta";
    all.add(divergence("delta_divergence_bull", "BULL", delta, "bar", "turnaround"));
    all.add(divergence("delta_divergence_bear", "BEAR", delta, "bar", "turnaround"));
    all.add(atZone());
    all.add(awayFromZones());
    all.add(vwapDeviation());
    all.add(volumeSpike());
    all.add(volumeAbove());
    all.add(priceNear());
    all.add(whale("whale_buy", BUY));
    all.add(whale("whale_sell", SELL));
    all.add(cvdFlip());
    all.add(momentumFlip());
    all.add(tickRateDeclining());
    all.add(book("imbalance_detected", "Bids and asks of the book are out of balance."));
    all.add(book("spoof_detected", "Large resting orders are withdrawn as the price comes near."));
    all.add(book("bid_rebuild_speed", "How fast bids come back."));
    all.add(book("ask_decay_speed", "How fast asks go away."));
    all.add(book("liquidity_rebuild_confirmed", "Liquidity has come back to the book."));
    return List.copyOf(all);
  }

  private static Definition delta(String name, String what, String how, boolean positive) {
    return Definition.of(
        name,
        what + ": the delta of the window is " + how + ".",
        "the window",
        List.of("delta.60s"),
        List.of(
            number(THRESHOLD, "base", "0", MOST, "0", "How much more; to be exceeded."),
            window(60)),
        arguments -> {
          BigDecimal threshold = arguments.number(THRESHOLD);
          return new NumberTests(
              new NumberTests.Test(
                  "delta." + time(arguments, WINDOW),
                  positive ? Bound.ABOVE : Bound.BELOW,
                  positive ? threshold : threshold.negate(),
                  "base"));
        });
  }

  private static Definition slope(String name, String what, boolean rising) {
    return Definition.of(
        name,
        what
            + ": its slope, of the mean volume, is beyond threshold, and the line explains"
            + " at least r2 of it.",
        "the bars of the slope, 20 of 60 s; with a window, that window",
        List.of("cvd.slope.normalised.bar60s", "cvd.slope.r2.bar60s"),
        List.of(
            number(THRESHOLD, "ratio", "0", "1000", "0", "How steep; to be exceeded."),
            number("r2", "ratio", "0", "1", "0.3", "How straight, as R-squared."),
            bar(),
            maybeSeconds(WINDOW, 1, HOUR, "Slope over the seconds of a window, in place of bars.")),
        arguments -> {
          boolean byBars = !arguments.has(WINDOW);
          String over = byBars ? bar(arguments) : time(arguments, WINDOW);
          BigDecimal threshold = arguments.number(THRESHOLD);
          return new NumberTests(
              new NumberTests.Test(
                  "cvd.slope.normalised." + over,
                  rising ? Bound.ABOVE : Bound.BELOW,
                  rising ? threshold : threshold.negate(),
                  "ratio"),
              new NumberTests.Test(
                  "cvd.slope.r2." + over, Bound.AT_LEAST, arguments.number("r2"), "ratio"));
        });
  }

  private static Definition divergence(String name, String side, String what, String... forms) {
    return Definition.of(
        name,
        "There is a divergence " + what + "; it says " + side + '.',
        "71 bars for pivots, 20 for slopes, 21 for bars, 3 for a turnaround",
        List.of("divergence." + forms[0] + ".bar60s"),
        List.of(
            number("strength", "ratio", "0", "1", "0", "The least strength."),
            word("form", forms[0], "Which form of divergence.", forms),
            bar()),
        arguments ->
            new Divergent(
                arguments.word("form"), bar(arguments), side, arguments.number("strength")));
  }

  private static Definition atZone() {
    return Definition.of(
            "absorption_zone_detected",
            "The price is at a zone where the other side's effort was absorbed.",
            "110 s for the usual impact, 100 windows for the usual volume",
            List.of("absorption.trade.zones"),
            zoneParameters(
                word(
                    "absorbed",
                    null,
                    "The aggressor that was absorbed; SELL for a plan that buys, BUY for one that"
                        + " sells.",
                    BUY,
                    SELL,
                    ANY)),
            arguments -> new NearZone(zones(arguments), true))
        .fromPlan("absorbed", plan -> plan.direction() == Side.BUY ? SELL : BUY);
  }

  private static Definition awayFromZones() {
    return Definition.of(
        "avoid_absorption_zones",
        "The price is near no zone of absorption.",
        "110 s for the usual impact, 100 windows for the usual volume",
        List.of("absorption.trade.zones"),
        zoneParameters(word("absorbed", ANY, "The aggressor that was absorbed.", BUY, SELL, ANY)),
        arguments -> new NearZone(zones(arguments), false));
  }

  private static List<ConditionParameter> zoneParameters(ConditionParameter absorbed) {
    return List.of(
        number("distance", "percent", "0", "10", "0.1", "How far is near, of the price."),
        absorbed,
        number("value", "quote", "0", MOST, "100000", "The least value absorbed."),
        number("strength", "ratio", "0", "1000000", "0", "The least strength."));
  }

  private static NearZone.Zones zones(ConditionArguments arguments) {
    return new NearZone.Zones(
        arguments.word("absorbed"),
        arguments.number("distance"),
        arguments.number("value"),
        arguments.number("strength"));
  }

  private static Definition vwapDeviation() {
    return Definition.of(
            "vwap_deviation",
            "The last price is at least threshold away from VWAP, in standard deviations or in"
                + " percent.",
            "the window, or a session that was seen from its start",
            List.of("vwap.z.300s"),
            List.of(
                number(THRESHOLD, "", "0", "100", "2", "How far, in the unit of measure."),
                word(DIRECTION, "both", "On which side of VWAP.", "above", "below", "both"),
                word(
                    "measure",
                    "sigma",
                    "Volume-weighted standard deviations, or percent of VWAP.",
                    "sigma",
                    "percent"),
                window(300),
                flag(SESSION, false, "VWAP since 00:00 UTC, in place of the window.")),
            StandardConditions::vwapDeviation)
        .judged(
            arguments ->
                arguments.number(THRESHOLD).signum() > 0
                    ? List.of()
                    : List.of(new PlanFault(THRESHOLD, "It is 0", "more than 0")));
  }

  private static Condition vwapDeviation(ConditionArguments arguments) {
    boolean percent = "percent".equals(arguments.word("measure"));
    String of = arguments.flag(SESSION) ? SESSION : time(arguments, WINDOW);
    String metric = (percent ? "vwap.deviation." : "vwap.z.") + of;
    String unit = percent ? "percent" : "ratio";
    BigDecimal threshold = arguments.number(THRESHOLD);
    return switch (arguments.word(DIRECTION)) {
      case "above" ->
          new NumberTests(new NumberTests.Test(metric, Bound.AT_LEAST, threshold, unit));
      case "below" ->
          new NumberTests(new NumberTests.Test(metric, Bound.AT_MOST, threshold.negate(), unit));
      default -> new FarFromZero(metric, threshold, unit);
    };
  }

  private static Definition volumeSpike() {
    return Definition.of(
        "volume_spike",
        "The volume of the last seconds is at least threshold times what as long had on average"
            + " before.",
        "the baseline, 300 s",
        List.of("speed.spike.10s"),
        List.of(
            number(THRESHOLD, "ratio", "1", "1000", "2", "How many times."),
            seconds(WINDOW, 1, 600, 10, "The last seconds, as the speed metrics have them.")),
        arguments ->
            new NumberTests(
                new NumberTests.Test(
                    "speed.spike." + time(arguments, WINDOW),
                    Bound.AT_LEAST,
                    arguments.number(THRESHOLD),
                    "ratio")));
  }

  private static Definition volumeAbove() {
    return Definition.of(
        "volume_above",
        "The volume of the window is above threshold.",
        "the window",
        List.of("volume.60s"),
        List.of(
            number(THRESHOLD, "base", "0", MOST, null, "How much; to be exceeded."), window(60)),
        arguments ->
            new NumberTests(
                new NumberTests.Test(
                    "volume." + time(arguments, WINDOW),
                    Bound.ABOVE,
                    arguments.number(THRESHOLD),
                    "base")));
  }

  private static Definition priceNear() {
    return Definition.of(
            "price_near",
            "The price of the trade is no farther from a price than tolerance.",
            "none",
            List.of(),
            List.of(
                price("price", "The price to be near to; the plan's entry if it has one."),
                price("tolerance", "How far, to either side; the plan's tolerance if it has one.")),
            arguments -> new PriceNear(arguments.number("price"), arguments.number("tolerance")))
        .fromPlan("price", Plan::entry)
        .fromPlan("tolerance", Plan::tolerance)
        .judged(
            arguments ->
                arguments.number("tolerance").compareTo(arguments.number("price")) < 0
                    ? List.of()
                    : List.of(
                        new PlanFault(
                            "tolerance",
                            "With " + arguments.number("tolerance") + " any price is near",
                            "less than the price")));
  }

  private static Definition whale(String name, String side) {
    return Definition.of(
        name,
        "An order of the side " + side + " that is large enough came within the last seconds.",
        "300 s",
        List.of(Whale.metric(side)),
        List.of(
            number(THRESHOLD, "quote", "1", MOST, "100000", "The least value of the order."),
            seconds("within", 1, 300, 60, "How old it may be.")),
        arguments -> new Whale(side, arguments.number(THRESHOLD), arguments.duration("within")));
  }

  private static Definition cvdFlip() {
    return Definition.of(
            "cvd_flip_confirmed",
            "The delta of the window has turned to the other side, and is there at least ratio"
                + " times as far as it had been on the first within the memory; until it is back"
                + " at 0.",
            "the window, and a delta on the first side behind it",
            List.of("delta.30s"),
            List.of(
                direction(),
                number("ratio", "ratio", "0", "100", "0.8", "How far, of what it had been."),
                number("least", "base", "0", MOST, "0", "How far it must have been."),
                window(30),
                seconds("memory", 1, HOUR, 300, "For how long it counts how far it was.")),
            arguments ->
                new FlowFlip(
                    "delta." + time(arguments, WINDOW),
                    UP.equals(arguments.word(DIRECTION)),
                    arguments.number("ratio"),
                    arguments.number("least"),
                    arguments.duration("memory")))
        .fromPlan(DIRECTION, StandardConditions::way);
  }

  private static Definition momentumFlip() {
    return Definition.of(
            "momentum_flip_confirmed",
            "The last closed bar went the direction, in price and in delta, and the bar before it"
                + " the other way.",
            "two bars that close while the plan waits",
            List.of("bar.number.bar60s", "open.bar60s", "close.bar60s", "delta.bar60s"),
            List.of(direction(), bar()),
            arguments -> new MomentumFlip(bar(arguments), UP.equals(arguments.word(DIRECTION))))
        .fromPlan(DIRECTION, StandardConditions::way);
  }

  private static Definition tickRateDeclining() {
    return Definition.of(
            "tick_rate_declining",
            "Trades come at most ratio times as fast in the last seconds as in a longer window.",
            "the longer window",
            List.of("speed.trades.15s", "speed.trades.60s"),
            List.of(
                number("ratio", "ratio", "0", "1", "0.7", "How fast, of the usual."),
                seconds("recent", 1, HOUR, 15, "The last seconds."),
                seconds(WINDOW, 1, HOUR, 60, "The longer window.")),
            arguments ->
                new Slowing(
                    "speed.trades." + time(arguments, "recent"),
                    "speed.trades." + time(arguments, WINDOW),
                    arguments.number("ratio")))
        .judged(StandardConditions::recentIsShorter);
  }

  private static List<PlanFault> recentIsShorter(ConditionArguments arguments) {
    boolean shorter = arguments.duration("recent").compareTo(arguments.duration(WINDOW)) < 0;
    return shorter
        ? List.of()
        : List.of(
            new PlanFault(
                "recent",
                time(arguments, "recent") + " is not shorter than " + time(arguments, WINDOW),
                "less than window"));
  }

  private static Definition book(String name, String description) {
    return Definition.unavailable(name, description, BOOK);
  }

  private static ConditionParameter window(int standard) {
    return seconds(WINDOW, 1, HOUR, standard, "A window that the metrics have.");
  }

  private static ConditionParameter bar() {
    return seconds(BAR, 1, 86_400, 60, "Length of the bars, one that the metrics have.");
  }

  private static ConditionParameter direction() {
    return word(
        DIRECTION, null, "Whereto; UP for a plan that buys, DOWN for one that sells.", UP, DOWN);
  }

  private static String way(Plan plan) {
    return plan.direction() == Side.BUY ? UP : DOWN;
  }

  private static String time(ConditionArguments arguments, String parameter) {
    return arguments.duration(parameter).toSeconds() + "s";
  }

  private static String bar(ConditionArguments arguments) {
    return BAR + time(arguments, BAR);
  }
}
