/**
 * Looks at plans trade by trade, with nothing but what it is given: live, caught up, in a batch.
 */
package io.tapeflow.plan.evaluate;
