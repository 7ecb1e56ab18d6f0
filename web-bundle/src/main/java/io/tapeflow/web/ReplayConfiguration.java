package io.tapeflow.web;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration as a console shows it. */
@ObjectClassDefinition(
    name = "Tapeflow replay",
    description =
        "Follows an archive that an embedded venue plays, and writes snapshots to a file.")
@interface ReplayConfiguration {
  @AttributeDefinition(name = "Symbol", description = "What the archive is of.")
  String symbol();

  @AttributeDefinition(
      name = "Out",
      description =
          "File for the snapshots, one a line: CSV if its name ends with .csv, otherwise JSON."
              + " Empty for none.")
  String out() default "";
}
