package io.tapeflow.api.venue;

import io.tapeflow.api.trade.Instrument;
import org.osgi.annotation.versioning.ProviderType;

/** Finds instruments by the text of their symbols without making a string of it. */
@ProviderType
public interface SymbolTable {
  /**
   * Looks an instrument up. May be called from any thread.
   *
   * @param text holds the venue's spelling of the symbol
   * @param offset where it begins
   * @param length number of characters
   * @return the instrument, or null if this connection does not carry it
   */
  Instrument find(char[] text, int offset, int length);
}
