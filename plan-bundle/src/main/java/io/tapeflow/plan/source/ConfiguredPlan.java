package io.tapeflow.plan.source;

import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.plan.text.PlanFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** A plan that is a configuration. Its properties are the fields of a plan file. */
@Component(
    service = PlanSource.class,
    configurationPid = ConfiguredPlan.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = PlanSource.NAME + "=configuration")
@Designate(ocd = PlanConfiguration.class, factory = true)
public final class ConfiguredPlan implements PlanSource {
  static final String PID = "io.tapeflow.plan";

  /** What the framework and whoever made the configuration put among the properties. */
  private static final List<String> FOREIGN =
      List.of("service.", "component.", "felix.", "objectClass", "osgi.", "tapeflow.", ".");

  private final List<PlanDraft> drafts;

  @Activate
  public ConfiguredPlan(Map<String, Object> properties) {
    Map<String, Object> fields = new TreeMap<>(properties);
    fields.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
    fields.values().removeIf(value -> value.toString().isBlank());
    String name = String.valueOf(properties.getOrDefault("service.pid", PID));
    drafts = PlanFile.read(name, text(fields)).stream().map(ConfiguredPlan::withoutPlaces).toList();
  }

  @Override
  public List<PlanDraft> plans() {
    return drafts;
  }

  /** The same as a file of JSON. Conditions may be a map or a list themselves. */
  private static String text(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .map(it -> quoted(it.getKey()) + ": " + value(it.getKey(), it.getValue()))
        .collect(Collectors.joining(",\n", "{", "}"));
  }

  private static String value(String name, Object value) {
    String text = value.toString().strip();
    boolean tree = "conditions".equals(name) && (text.startsWith("{") || text.startsWith("["));
    return tree ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            sign -> {
              if (sign == '"' || sign == '\\' || sign < ' ') {
                quoted.append(String.format("\\u%04x", sign));
              } else {
                quoted.append((char) sign);
              }
            });
    return quoted.append('"').toString();
  }

  /** Nobody has seen the text that lines and columns would be of. */
  private static PlanDraft withoutPlaces(PlanDraft draft) {
    List<PlanFault> faults =
        draft.faults().stream()
            .map(it -> new PlanFault(it.path(), it.what(), it.allowed()))
            .toList();
    return new PlanDraft(draft.id(), draft.plan(), faults, Map.of());
  }
}
