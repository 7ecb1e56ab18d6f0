package io.tapeflow.plan;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. */
@ObjectClassDefinition(
    name = "Tapeflow back-test",
    description = "Tries plans on the trades of a replay.")
@interface BacktestConfiguration {
  @AttributeDefinition(name = "Files", description = "Files of plans, parted by commas.")
  String files();
}
