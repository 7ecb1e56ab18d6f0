/** Plans as people write them. */
package io.tapeflow.plan.text;
