package io.tapeflow.metrics.impact;

import io.tapeflow.metrics.family.SettingsContract;

class ImpactSettingsTest extends SettingsContract {
  ImpactSettingsTest() {
    super(
        ImpactConfiguration.class,
        ImpactFactory.PID,
        properties -> announced(new ImpactFactory(properties)));
  }
}
