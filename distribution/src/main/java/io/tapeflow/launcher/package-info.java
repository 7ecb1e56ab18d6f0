/**
 * The command line of Tapeflow, outside OSGi: prepares a home, starts Felix in it, tells the person
 * at the terminal how the instance does, and stops it in order.
 */
package io.tapeflow.launcher;
