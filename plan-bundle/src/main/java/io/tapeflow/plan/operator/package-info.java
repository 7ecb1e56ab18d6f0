/** What the parts of a condition say together: groups, confluence, and operators over time. */
package io.tapeflow.plan.operator;
