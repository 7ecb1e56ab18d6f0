package io.tapeflow.web;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings in force. A wrong configuration changes nothing. */
@Component(service = CurrentSettings.class, configurationPid = CurrentSettings.PID)
@Designate(ocd = WebConfiguration.class)
public final class CurrentSettings {
  static final String PID = "io.tapeflow.web";

  private static final Logger LOG = LoggerFactory.getLogger(CurrentSettings.class);

  private volatile WebSettings settings = WebSettings.of(Map.of());

  /** Starts with a configuration, or on the defaults if it is wrong. */
  @Activate
  public CurrentSettings(Map<String, Object> properties) {
    take(properties, "the defaults are used");
  }

  /** Takes a changed configuration, unless it is wrong. */
  @Modified
  void modified(Map<String, Object> properties) {
    take(properties, "the running settings stay");
  }

  WebSettings get() {
    return settings;
  }

  private void take(Map<String, Object> properties, String otherwise) {
    try {
      settings = WebSettings.of(properties);
    } catch (IllegalArgumentException e) {
      LOG.error("{}: {}; {}", PID, e.getMessage(), otherwise);
    }
  }
}
