package io.tapeflow.metrics.hawkes;

/**
 * The part of a Hawkes intensity that past events make: Σ α e^(-β(t - t_i)) over the events before
 * t, kept by A(t_i) = e^(-β(t_i - t_(i-1))) (A(t_(i-1)) + α). Events of one time count as a batch,
 * so nothing is ever divided by the time between events.
 */
final class Excitation {
  private final double alpha;
  private final Decay decay;

  /** Behind the last event, that event included. */
  double value;

  /** Of the last event. */
  long time;

  Excitation(double alpha, Decay decay) {
    this.alpha = alpha;
    this.decay = decay;
  }

  /** An event; times do not go back. */
  void event(long micros) {
    value = at(micros) + alpha;
    time = micros;
  }

  /** What all events so far make at a time that is not before the last. */
  double at(long micros) {
    return value * decay.after(micros - time);
  }
}
