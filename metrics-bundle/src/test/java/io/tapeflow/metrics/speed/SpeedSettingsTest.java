package io.tapeflow.metrics.speed;

import io.tapeflow.metrics.family.SettingsContract;

class SpeedSettingsTest extends SettingsContract {
  SpeedSettingsTest() {
    super(
        SpeedConfiguration.class,
        SpeedFactory.PID,
        properties -> SpeedSettings.of(SpeedFactory.PID, properties));
  }
}
