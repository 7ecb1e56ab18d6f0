package io.tapeflow.metrics.large;

import io.tapeflow.metrics.family.SettingsContract;

class LargeSettingsTest extends SettingsContract {
  LargeSettingsTest() {
    super(
        LargeConfiguration.class,
        LargeFactory.PID,
        properties -> LargeSettings.of(LargeFactory.PID, properties));
  }
}
