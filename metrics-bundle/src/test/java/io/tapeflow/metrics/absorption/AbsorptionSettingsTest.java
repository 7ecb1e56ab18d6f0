package io.tapeflow.metrics.absorption;

import io.tapeflow.metrics.family.SettingsContract;

class AbsorptionSettingsTest extends SettingsContract {
  AbsorptionSettingsTest() {
    super(
        AbsorptionConfiguration.class,
        AbsorptionFactory.PID,
        properties -> AbsorptionSettings.of(AbsorptionFactory.PID, properties));
  }
}
