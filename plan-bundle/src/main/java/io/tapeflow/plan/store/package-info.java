/** What has become of plans, kept through restarts. */
package io.tapeflow.plan.store;
