/**
 * Volume profiles: what was traded at which price in a session, in a rolling window or since a
 * fixed instant, with point of control, value area and nodes.
 */
package io.tapeflow.metrics.profile;
