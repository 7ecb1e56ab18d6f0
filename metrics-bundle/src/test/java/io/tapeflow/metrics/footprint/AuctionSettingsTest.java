package io.tapeflow.metrics.footprint;

import io.tapeflow.metrics.family.SettingsContract;

class AuctionSettingsTest extends SettingsContract {
  AuctionSettingsTest() {
    super(
        AuctionConfiguration.class,
        AuctionFamily.PID,
        properties -> announced(new AuctionFamily(properties)));
  }
}
