/**
 * The accounting of background work. Every thread, executor, socket and timer of a component is
 * entered in its {@link io.tapeflow.tasks.TaskScope}, which ends them all within a bound and
 * reports how each one ended.
 */
package io.tapeflow.tasks;
