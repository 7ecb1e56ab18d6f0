package io.tapeflow.metrics.ratio;

import io.tapeflow.metrics.family.SettingsContract;

class RatioSettingsTest extends SettingsContract {
  RatioSettingsTest() {
    super(
        RatioConfiguration.class,
        RatioFactory.PID,
        properties -> announced(new RatioFactory(properties)));
  }
}
