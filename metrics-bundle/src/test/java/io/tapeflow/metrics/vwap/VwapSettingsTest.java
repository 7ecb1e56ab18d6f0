package io.tapeflow.metrics.vwap;

import io.tapeflow.metrics.family.SettingsContract;

class VwapSettingsTest extends SettingsContract {
  VwapSettingsTest() {
    super(
        VwapConfiguration.class,
        VwapFactory.PID,
        properties -> VwapSettings.of(VwapFactory.PID, properties));
  }
}
