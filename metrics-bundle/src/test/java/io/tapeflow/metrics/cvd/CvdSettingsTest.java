package io.tapeflow.metrics.cvd;

import io.tapeflow.metrics.family.SettingsContract;

class CvdSettingsTest extends SettingsContract {
  CvdSettingsTest() {
    super(
        CvdConfiguration.class,
        CvdFactory.PID,
        properties -> CvdSettings.of(CvdFactory.PID, properties));
  }
}
