package io.tapeflow.api.venue;

import org.osgi.annotation.versioning.ConsumerType;

/** Reads the frames of one connection. Used by one thread at a time. */
@ConsumerType
public interface FrameDecoder {
  /**
   * Reads one whole text message and tells the sink what it says, in the order of the message.
   * Never throws for what a message holds: a message that cannot be read is {@link
   * FrameSink#malformed}.
   *
   * @param buffer holds the message's bytes in UTF-8; the decoder must not keep or change it
   * @param offset where they begin
   * @param length number of bytes
   * @param sink is told what the message says
   */
  void decode(byte[] buffer, int offset, int length, FrameSink sink);
}
