package io.tapeflow.metrics.hawkes;

import io.tapeflow.metrics.family.SettingsContract;

class HawkesSettingsTest extends SettingsContract {
  HawkesSettingsTest() {
    super(
        HawkesConfiguration.class,
        HawkesFactory.PID,
        properties -> announced(new HawkesFactory(properties)));
  }
}
