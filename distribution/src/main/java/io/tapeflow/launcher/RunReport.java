package io.tapeflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a run has seen and what it has cost, as one line of JSON for those who compare: trades, last
 * id, CVD and latency of each instrument from the API, processor time and memory of the whole
 * process.
 */
final class RunReport {
  private static final String CVD = "cvd.start";
  private static final double NANOS = Duration.ofSeconds(1).toNanos();
  private static final double MILLIS = Duration.ofSeconds(1).toMillis();

  private RunReport() {}

  /** Of the process as it is now. */
  static String of(Api api) throws IOException, InterruptedException {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    ObjectNode instruments = JsonNodeFactory.instance.objectNode();
    Map<String, JsonNode> cvds = new HashMap<>();
    for (JsonNode some : api.get("metrics?metrics=" + CVD)) {
      cvds.put(some.path("instrument").asText(), some.path("metrics").path(CVD).path("value"));
    }
    long trades = 0;
    for (JsonNode stream : api.get("streams")) {
      for (JsonNode account : stream.path("instruments")) {
        trades += account.path("delivered").asLong();
        String name = account.path("instrument").asText();
        instruments.set(name, instrument(account, cvds.get(name)));
      }
    }
    report.put("trades", trades);
    report.set("instruments", instruments);
    report.put("wallSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS);
    report.put("cpuSeconds", cpuNanos() / NANOS);
    report.put("allocatedBytes", allocatedBytes());
    return report.toString();
  }

  private static ObjectNode instrument(JsonNode account, JsonNode cvd) {
    ObjectNode instrument = JsonNodeFactory.instance.objectNode();
    instrument.set("trades", account.path("delivered"));
    instrument.set("lastId", account.path("lastId"));
    instrument.set("gaps", account.path("gaps"));
    instrument.set("unrepaired", account.path("unrepaired"));
    instrument.set("cvd", cvd);
    instrument.set("latencySeconds", account.path("latency"));
    return instrument;
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** By the threads that live; what reads, computes and delivers lives as long as the run. */
  private static long allocatedBytes() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long[] bytes = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
    return Arrays.stream(bytes).filter(own -> own > 0).sum();
  }
}
