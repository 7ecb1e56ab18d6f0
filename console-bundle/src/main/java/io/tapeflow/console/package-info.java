/**
 * What a person at the console sees: Gogo commands and the verification report. Computes nothing
 * that the services of the API do not say.
 */
package io.tapeflow.console;
