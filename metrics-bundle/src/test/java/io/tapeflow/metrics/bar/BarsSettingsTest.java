package io.tapeflow.metrics.bar;

import io.tapeflow.metrics.family.SettingsContract;

class BarsSettingsTest extends SettingsContract {
  BarsSettingsTest() {
    super(
        BarsConfiguration.class,
        BarsFamily.PID,
        properties -> announced(new BarsFamily(properties)));
  }
}
