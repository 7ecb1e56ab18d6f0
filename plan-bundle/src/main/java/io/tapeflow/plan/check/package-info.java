/** What is wrong with a plan. */
package io.tapeflow.plan.check;
