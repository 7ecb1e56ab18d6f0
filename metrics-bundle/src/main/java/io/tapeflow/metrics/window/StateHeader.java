package io.tapeflow.metrics.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What stands before a saved state: who wrote it, and with which settings. A state that others
 * wrote does not fit.
 */
public final class StateHeader {
  private StateHeader() {}

  /**
   * Writes it.
   *
   * @param format of the state, with a version
   * @param settings a record, whose text names all values
   */
  public static void write(DataOutput out, String format, Record settings) throws IOException {
    out.writeUTF(format);
    out.writeUTF(settings.toString());
  }

  /**
   * Reads it.
   *
   * @throws IOException if it is another one than would be written
   */
  public static void check(DataInput in, String format, Record settings) throws IOException {
    String foundFormat = in.readUTF();
    String foundSettings = in.readUTF();
    if (!foundFormat.equals(format) || !foundSettings.equals(settings.toString())) {
      throw new IOException(
          "State is of " + foundFormat + " " + foundSettings + ", not " + format + " " + settings);
    }
  }
}
