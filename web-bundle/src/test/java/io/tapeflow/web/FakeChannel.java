package io.tapeflow.web;

import java.nio.channels.Channel;

/** A connection that nobody is behind. */
final class FakeChannel implements Channel {
  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
