package io.tapeflow.metrics.profile;

import io.tapeflow.api.metrics.MetricCalculator;
import io.tapeflow.api.metrics.MetricInfo;
import io.tapeflow.api.metrics.MetricReadout;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.metrics.footprint.NakedPocs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The profiles of one instrument. Time does not go back: a trade that is stamped earlier than one
 * before it counts at the latest time so far.
 */
final class ProfileCalculator implements MetricCalculator {
  private static final String NAKED = "profile.naked.session";

  private final Instrument instrument;
  private final Session session;
  private final List<ProfileView> views;
  private final List<MetricInfo> infos = new ArrayList<>();
  private final ProfileScope[] scopes;
  private long time = Long.MIN_VALUE;

  ProfileCalculator(
      Instrument instrument, Session session, int nakedDays, List<ProfileView> views) {
    this.instrument = instrument;
    this.session = session;
    this.views = views;
    scopes = views.stream().map(ProfileView::scope).toArray(ProfileScope[]::new);
    views.forEach(view -> infos.addAll(view.infos()));
    infos.add(
        new MetricInfo(
            NAKED,
            "rows",
            "Points of control of the last "
                + nakedDays
                + " whole sessions that no later trade has gone through, newest first"));
  }

  @Override
  public List<MetricInfo> metrics() {
    return infos;
  }

  @Override
  public void trade(long id, long timeMicros, long price, long quantity, boolean buy, int fills) {
    if (timeMicros > time) {
      time = timeMicros;
    }
    for (ProfileScope scope : scopes) {
      scope.trade(id, time, price, quantity, buy);
    }
  }

  @Override
  public void read(MetricReadout out) {
    views.forEach(view -> view.read(out));
    List<MetricRow> rows = new ArrayList<>();
    for (NakedPocs.Poc poc : session.pocs().naked()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("day", LocalDate.ofEpochDay(poc.number()).toString());
      fields.put("price", instrument.price(poc.price()));
      fields.put("row", instrument.price(poc.rowSize()));
      rows.add(new MetricRow(fields));
    }
    out.rows(NAKED, rows, session.pocsBasis(out.nowMicros()));
  }

  @Override
  public boolean save(DataOutput out) throws IOException {
    out.writeLong(time);
    for (ProfileScope scope : scopes) {
      scope.save(out);
    }
    return true;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    time = in.readLong();
    for (ProfileScope scope : scopes) {
      scope.restore(in);
    }
  }
}
