package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.family.SettingsContract;

class FootprintSettingsTest extends SettingsContract {
  FootprintSettingsTest() {
    super(
        FootprintConfiguration.class,
        FootprintFamily.PID,
        properties -> announced(new FootprintFamily(properties)));
  }
}
