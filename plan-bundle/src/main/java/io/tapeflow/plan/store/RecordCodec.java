package io.tapeflow.plan.store;

import io.tapeflow.api.metrics.IdRange;
import io.tapeflow.api.metrics.MetricRow;
import io.tapeflow.api.metrics.MetricStatus;
import io.tapeflow.api.metrics.MetricValue;
import io.tapeflow.api.metrics.Provenance;
import io.tapeflow.api.plan.ConditionStatus;
import io.tapeflow.api.plan.Distance;
import io.tapeflow.api.plan.PlanState.Kind;
import io.tapeflow.api.plan.PlanTrigger;
import io.tapeflow.api.plan.Truth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records as bytes. */
final class RecordCodec {
  private static final int VERSION = 1;

  private RecordCodec() {}

  static byte[] write(PlanRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      text(out, record.id());
      text(out, record.content());
      out.writeLong(record.createdMicros());
      text(out, record.instrument());
      text(out, record.kind().name());
      out.writeBoolean(record.told());
      out.writeLong(record.gone());
      out.writeLong(record.lastId());
      out.writeBoolean(record.trigger() != null);
      if (record.trigger() != null) {
        write(out, record.trigger());
      }
    }
    return bytes.toByteArray();
  }

  static PlanRecord read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("It was written by another version (" + version + ")");
      }
      String id = text(in);
      String content = text(in);
      long created = in.readLong();
      String instrument = text(in);
      Kind kind = Kind.valueOf(text(in));
      boolean told = in.readBoolean();
      long gone = in.readLong();
      long lastId = in.readLong();
      PlanTrigger trigger = in.readBoolean() ? trigger(in) : null;
      return new PlanRecord(id, content, created, instrument, kind, trigger, told, gone, lastId);
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  private static void write(DataOutputStream out, PlanTrigger trigger) throws IOException {
    text(out, trigger.planId());
    text(out, trigger.instrument());
    out.writeLong(trigger.tradeId());
    value(out, trigger.price());
    instant(out, trigger.time());
    instant(out, trigger.decidedAt());
    out.writeInt(trigger.conditions().size());
    for (ConditionStatus condition : trigger.conditions()) {
      text(out, condition.text());
      text(out, condition.truth().name());
      text(out, condition.reason());
      out.writeInt(condition.distances().size());
      for (Distance distance : condition.distances()) {
        text(out, distance.what());
        value(out, distance.value());
        value(out, distance.threshold());
        text(out, distance.unit());
      }
    }
    out.writeInt(trigger.evidence().size());
    for (MetricValue value : trigger.evidence()) {
      write(out, value);
    }
  }

  private static PlanTrigger trigger(DataInputStream in) throws IOException {
    String plan = text(in);
    String instrument = text(in);
    long id = in.readLong();
    BigDecimal price = (BigDecimal) value(in);
    Instant time = instant(in);
    Instant decided = instant(in);
    List<ConditionStatus> conditions = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      String condition = text(in);
      Truth truth = Truth.valueOf(text(in));
      String reason = text(in);
      List<Distance> distances = new ArrayList<>();
      for (int k = in.readInt(); k > 0; k--) {
        distances.add(
            new Distance(text(in), (BigDecimal) value(in), (BigDecimal) value(in), text(in)));
      }
      conditions.add(new ConditionStatus(condition, truth, reason, distances));
    }
    List<MetricValue> evidence = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      evidence.add(metric(in));
    }
    return new PlanTrigger(plan, instrument, id, price, time, decided, conditions, evidence);
  }

  private static void write(DataOutputStream out, MetricValue metric) throws IOException {
    text(out, metric.name());
    value(out, metric.value());
    text(out, metric.status().name());
    text(out, metric.reason());
    instant(out, metric.asOf());
    out.writeLong(metric.coverage().toNanos());
    out.writeBoolean(metric.complete());
    out.writeLong(metric.firstId());
    out.writeLong(metric.lastId());
    out.writeInt(metric.gaps().size());
    for (IdRange gap : metric.gaps()) {
      out.writeLong(gap.firstId());
      out.writeLong(gap.lastId());
    }
    out.writeLong(metric.repaired());
    text(out, metric.provenance().name());
  }

  private static MetricValue metric(DataInputStream in) throws IOException {
    String name = text(in);
    Object value = value(in);
    MetricStatus status = MetricStatus.valueOf(text(in));
    String reason = text(in);
    Instant asOf = instant(in);
    Duration coverage = Duration.ofNanos(in.readLong());
    boolean complete = in.readBoolean();
    long firstId = in.readLong();
    long lastId = in.readLong();
    List<IdRange> gaps = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      gaps.add(new IdRange(in.readLong(), in.readLong()));
    }
    long repaired = in.readLong();
    Provenance provenance = Provenance.valueOf(text(in));
    return new MetricValue(
        name,
        value,
        status,
        reason,
        asOf,
        coverage,
        complete,
        firstId,
        lastId,
        gaps,
        repaired,
        provenance);
  }

  /** A number, a word, rows, or nothing. */
  private static void value(DataOutputStream out, Object value) throws IOException {
    if (value instanceof BigDecimal number) {
      out.writeByte('n');
      text(out, number.toString());
    } else if (value instanceof String word) {
      out.writeByte('w');
      text(out, word);
    } else if (value instanceof List<?> rows) {
      out.writeByte('r');
      out.writeInt(rows.size());
      for (Object row : rows) {
        Map<String, Object> fields = ((MetricRow) row).fields();
        out.writeInt(fields.size());
        for (Map.Entry<String, Object> field : fields.entrySet()) {
          text(out, field.getKey());
          value(out, field.getValue());
        }
      }
    } else {
      out.writeByte('-');
    }
  }

  private static Object value(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 'n' -> new BigDecimal(text(in));
      case 'w' -> text(in);
      case 'r' -> rows(in);
      default -> null;
    };
  }

  private static List<MetricRow> rows(DataInputStream in) throws IOException {
    List<MetricRow> rows = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (int k = in.readInt(); k > 0; k--) {
        fields.put(text(in), value(in));
      }
      rows.add(new MetricRow(fields));
    }
    return rows;
  }

  private static void instant(DataOutputStream out, Instant at) throws IOException {
    out.writeBoolean(at != null);
    if (at != null) {
      out.writeLong(at.getEpochSecond());
      out.writeInt(at.getNano());
    }
  }

  private static Instant instant(DataInputStream in) throws IOException {
    return in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
  }

  /** Of any length, unlike {@link DataOutputStream#writeUTF}. */
  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("A text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
