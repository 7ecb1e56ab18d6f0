package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.family.SettingsContract;

class ImbalanceSettingsTest extends SettingsContract {
  ImbalanceSettingsTest() {
    super(
        ImbalanceConfiguration.class,
        ImbalanceFamily.PID,
        properties -> announced(new ImbalanceFamily(properties)));
  }
}
