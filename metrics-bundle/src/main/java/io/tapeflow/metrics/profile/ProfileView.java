package io.tapeflow.metrics.profile;

import io.tapeflow.api.metrics.MetricBasis;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.Wide;
import io.tapeflow.metrics.footprint.Ladder;
import io.tapeflow.metrics.footprint.RowRule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of one profile. */
final class ProfileView {
  private static final int DENSITY_DIGITS = 6;

  private final Instrument instrument;
  private final ProfileScope scope;
  private final ValueArea area;
  private final int bandwidth;
  private final List<MetricInfo> infos = new ArrayList<>();

  ProfileView(
      Instrument instrument, ProfileScope scope, RowRule rule, ValueArea area, int bandwidth) {
    this.instrument = instrument;
    this.scope = scope;
    this.area = area;
    this.bandwidth = bandwidth;
    String of = " " + scope.words() + ", " + rule.words();
    String areaOf =
        " of the value area of "
            + area.percent().toPlainString()
            + " % (rule "
            + area.rule()
            + ", ties "
            + area.tie()
            + ", rows "
            + area.adjacency()
            + ")"
            + of;
    String kernel = ", smoothed by a Gaussian kernel of " + bandwidth + " rows," + of;
    announce("profile", "rows", "Volume by price" + of + ", highest first");
    announce("profile.row", "price", "Size of a row" + of);
    announce("profile.volume", "base", "Volume" + of);
    announce("profile.poc", "price", "Start of the row of the greatest volume" + of);
    announce("profile.poc.volume", "base", "Volume of that row" + of);
    announce("profile.vah", "price", "Start of the highest row" + areaOf);
    announce("profile.val", "price", "Start of the lowest row" + areaOf);
    announce("profile.area", "percent", "Volume in percent of all" + areaOf);
    announce("profile.hvn", "rows", "High volume nodes: maxima not below the mean" + kernel);
    announce("profile.lvn", "rows", "Low volume nodes: lowest between two of those" + kernel);
  }

  ProfileScope scope() {
    return scope;
  }

  List<MetricInfo> infos() {
    return infos;
  }

  void read(MetricReadout out) {
    MetricBasis basis = scope.basis(out.nowMicros());
    Ladder ladder = scope.at(out.nowMicros());
    if (ladder.isEmpty()) {
      infos.forEach(info -> out.absent(info.name(), "No trade in it yet", basis));
      return;
    }
    long[] volumes = ladder.volumes();
    int poc = ladder.poc();
    ValueArea.Range range = area.of(volumes, poc);
    BigDecimal total = sum(volumes, 0, ladder.size() - 1);
    BigDecimal captured = sum(volumes, range.low(), range.high());
    Nodes nodes = Nodes.of(volumes, bandwidth);
    out.rows(name("profile"), rows(ladder), basis);
    out.number(name("profile.row"), instrument.price(ladder.rowSize()), basis);
    out.number(name("profile.volume"), total, basis);
    out.number(name("profile.poc"), instrument.price(ladder.price(poc)), basis);
    out.number(name("profile.poc.volume"), sum(volumes, poc, poc), basis);
    out.number(name("profile.vah"), instrument.price(ladder.price(range.high())), basis);
    out.number(name("profile.val"), instrument.price(ladder.price(range.low())), basis);
    BigDecimal percent = captured.movePointRight(2).divide(total, MathContext.DECIMAL64);
    out.number(name("profile.area"), percent, basis);
    out.rows(name("profile.hvn"), nodeRows(ladder, nodes.high(), nodes), basis);
    out.rows(name("profile.lvn"), nodeRows(ladder, nodes.low(), nodes), basis);
  }

  private void announce(String name, String unit, String description) {
    infos.add(new MetricInfo(name(name), unit, description));
  }

  private String name(String metric) {
    return metric + "." + scope.name();
  }

  private BigDecimal sum(long[] volumes, int from, int to) {
    long[] sum = new long[2];
    for (int row = from; row <= to; row++) {
      Wide.add(sum, 0, volumes, 2 * row);
    }
    return Wide.decimal(sum, 0, instrument.quantityScale());
  }

  private List<MetricRow> rows(Ladder ladder) {
    int scale = instrument.quantityScale();
    List<MetricRow> rows = new ArrayList<>();
    for (int index = ladder.size() - 1; index >= 0; index--) {
      if (ladder.isPrinted(index)) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("price", instrument.price(ladder.price(index)));
        fields.put("sell", ladder.sell(index, scale));
        fields.put("buy", ladder.buy(index, scale));
        rows.add(new MetricRow(fields));
      }
    }
    return rows;
  }

  private List<MetricRow> nodeRows(Ladder ladder, List<Integer> indexes, Nodes nodes) {
    List<MetricRow> rows = new ArrayList<>();
    for (int index : indexes) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("price", instrument.price(ladder.price(index)));
      fields.put("volume", ladder.volume(index, instrument.quantityScale()));
      BigDecimal density = BigDecimal.valueOf(nodes.density()[index]);
      fields.put("density", density.setScale(DENSITY_DIGITS, RoundingMode.HALF_EVEN));
      rows.add(new MetricRow(fields));
    }
    return rows;
  }
}
