/** The conditions that come with Tapeflow, one factory for each name that plans can write. */
package io.tapeflow.plan.condition;
