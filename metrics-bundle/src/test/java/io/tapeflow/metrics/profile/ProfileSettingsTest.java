package io.tapeflow.metrics.profile;

import io.tapeflow.metrics.family.SettingsContract;

class ProfileSettingsTest extends SettingsContract {
  ProfileSettingsTest() {
    super(
        ProfileConfiguration.class,
        ProfileFamily.PID,
        properties -> announced(new ProfileFamily(properties)));
  }
}
