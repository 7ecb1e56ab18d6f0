/**
 * The HTTP API: what the services of the API say, as JSON. Computes nothing and waits for nothing;
 * a thread of its own is there only while somebody follows events.
 */
package io.tapeflow.web;
