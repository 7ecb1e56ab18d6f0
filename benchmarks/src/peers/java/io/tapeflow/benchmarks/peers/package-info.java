/** What others would take to follow trades in Java: each is a process of the race. */
package io.tapeflow.benchmarks.peers;
