package io.tapeflow.api.venue;

import io.tapeflow.api.trade.Instrument;
import org.osgi.annotation.versioning.ProviderType;

/** Takes what a {@link FrameDecoder} reads. Called on the decoder's thread. */
@ProviderType
public interface FrameSink {
  /**
   * A valid trade.
   *
   * @param instrument what was traded
   * @param id aggregate trade id
   * @param price fixed-point at the instrument's price scale; positive
   * @param quantity fixed-point at the instrument's quantity scale; positive
   * @param timeMicros exchange time of the trade, microseconds since the epoch
   * @param eventMicros when the venue stamped the message, microseconds since the epoch; {@code
   *     timeMicros} if it does not say
   * @param buy true if the aggressor bought
   * @param fills number of single fills; at least 1
   * @param block true for a print that order flow leaves out: a block trade, or one of the venue's
   *     own such as of its insurance fund
   */
  void trade(
      Instrument instrument,
      long id,
      long price,
      long quantity,
      long timeMicros,
      long eventMicros,
      boolean buy,
      int fills,
      boolean block);

  /**
   * An id that the venue gave to something that is no trade, such as a print whose quantity is
   * wholly of a kind that the configuration leaves out. It is not missing.
   *
   * @param instrument whose id it is
   * @param id aggregate trade id
   */
  void noTrade(Instrument instrument, long id);

  /**
   * A trade that must not be counted: a number is zero, negative or does not fit the instrument's
   * scale.
   *
   * @param instrument what was traded
   * @param reason the field, its value and what was expected
   */
  void invalidTrade(Instrument instrument, String reason);

  /**
   * A trade of an instrument that this connection does not carry.
   *
   * @param symbol the venue's spelling
   */
  void unknownInstrument(String symbol);

  /**
   * The venue accepted a request.
   *
   * @param requestId the request's id
   */
  void acknowledged(long requestId);

  /**
   * The venue refused a request.
   *
   * @param requestId the request's id, or -1 if the venue did not say
   * @param reason the venue's code and words
   */
  void refused(long requestId, String reason);

  /**
   * The venue will shut this connection down.
   *
   * @param notice the venue's words
   */
  void goingAway(String notice);

  /**
   * A message that is well-formed but of no use here.
   *
   * @param type the kind of message, as the venue names it
   */
  void ignored(String type);

  /**
   * A message that cannot be read.
   *
   * @param reason what was expected and what stood there
   */
  void malformed(String reason);
}
