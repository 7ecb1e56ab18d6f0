package io.tapeflow.metrics.divergence;

import io.tapeflow.api.metrics.MetricRow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A divergence that has been found.
 *
 * @param form in what way
 * @param bull true if it speaks for a rise
 * @param strength 0 to 1
 * @param fromBar number of the bar at which it begins
 * @param atBar number of the bar at which it is
 * @param knownBar number of the closed bar with which it became known
 * @param knownCount how many bars had closed then
 * @param fromPrice price at which it begins
 * @param atPrice price at which it is
 * @param fromCvd CVD where it begins, counted from any moment
 * @param atCvd CVD where it is, counted from the same moment
 */
record Divergence(
    Form form,
    boolean bull,
    double strength,
    long fromBar,
    long atBar,
    long knownBar,
    long knownCount,
    BigDecimal fromPrice,
    BigDecimal atPrice,
    BigDecimal fromCvd,
    BigDecimal atCvd) {

  String side() {
    return bull ? "BULL" : "BEAR";
  }

  MetricRow row() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("form", form.name());
    fields.put("side", side());
    fields.put("strength", BigDecimal.valueOf(strength));
    fields.put("fromBar", BigDecimal.valueOf(fromBar));
    fields.put("atBar", BigDecimal.valueOf(atBar));
    fields.put("knownBar", BigDecimal.valueOf(knownBar));
    fields.put("fromPrice", fromPrice);
    fields.put("atPrice", atPrice);
    fields.put("cvdChange", atCvd.subtract(fromCvd));
    return new MetricRow(fields);
  }

  void save(DataOutput out) throws IOException {
    out.writeUTF(form.name());
    out.writeBoolean(bull);
    out.writeDouble(strength);
    out.writeLong(fromBar);
    out.writeLong(atBar);
    out.writeLong(knownBar);
    out.writeLong(knownCount);
    out.writeUTF(fromPrice.toString());
    out.writeUTF(atPrice.toString());
    out.writeUTF(fromCvd.toString());
    out.writeUTF(atCvd.toString());
  }

  static Divergence restored(DataInput in) throws IOException {
    return new Divergence(
        form(in),
        in.readBoolean(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        decimal(in),
        decimal(in),
        decimal(in),
        decimal(in));
  }

  private static Form form(DataInput in) throws IOException {
    String name = in.readUTF();
    try {
      return Form.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("State holds a divergence of an unknown form " + name, e);
    }
  }

  private static BigDecimal decimal(DataInput in) throws IOException {
    try {
      return new BigDecimal(in.readUTF());
    } catch (NumberFormatException e) {
      throw new IOException("State holds a divergence with a number that is none", e);
    }
  }
}
