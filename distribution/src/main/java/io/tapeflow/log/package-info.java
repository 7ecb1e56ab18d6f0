/**
 * A bundle of its own that passes the entries of the OSGi log service on to SLF4J, and so to the
 * log file: what Declarative Services, Configuration Admin, File Install and the framework say is
 * read in the same place as what Tapeflow says.
 */
package io.tapeflow.log;
