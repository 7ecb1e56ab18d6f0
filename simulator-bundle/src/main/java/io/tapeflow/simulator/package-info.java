/**
 * The embedded venue: an exchange in a bundle. {@link io.tapeflow.simulator.Venue} is all that
 * tests need; {@link io.tapeflow.simulator.SimulatorComponent} makes a service of it.
 */
package io.tapeflow.simulator;
