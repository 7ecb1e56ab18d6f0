package io.tapeflow.metrics.vpin;

import io.tapeflow.metrics.family.SettingsContract;

class VpinSettingsTest extends SettingsContract {
  VpinSettingsTest() {
    super(
        VpinConfiguration.class,
        VpinFactory.PID,
        properties -> VpinSettings.of(VpinFactory.PID, properties));
  }
}
