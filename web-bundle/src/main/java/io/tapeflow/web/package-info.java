/**
 * The HTTP API: what the services of the API say, as JSON. Computes nothing, starts no thread, and
 * waits for nothing.
 */
package io.tapeflow.web;
