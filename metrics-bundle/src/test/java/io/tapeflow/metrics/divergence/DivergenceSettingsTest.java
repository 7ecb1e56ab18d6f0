package io.tapeflow.metrics.divergence;

import io.tapeflow.metrics.family.SettingsContract;

class DivergenceSettingsTest extends SettingsContract {
  DivergenceSettingsTest() {
    super(
        DivergenceConfiguration.class,
        DivergenceFactory.PID,
        properties -> DivergenceSettings.of(DivergenceFactory.PID, properties));
  }
}
