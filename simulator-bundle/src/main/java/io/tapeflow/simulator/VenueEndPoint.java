package io.tapeflow.simulator;

import static io.tapeflow.api.simulator.FaultKind.SILENT_AFTER_TCP;
import static io.tapeflow.api.simulator.FaultKind.SILENT_IN_UPGRADE;
import static io.tapeflow.api.simulator.FaultKind.SLOW_DRIP;

import io.tapeflow.api.simulator.VenueFault;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A socket on which the faults of bytes can be had: it can freeze, at once or in the middle of its
 * next write, and it can drip.
 *
 * <p>A frozen one still reads and throws away what comes, in order to notice that the client has
 * gone; for the client it is silent either way.
 */
final class VenueEndPoint extends SocketChannelEndPoint {
  private static final int DRIPS_PER_SECOND = 10;

  private final Faults faults;
  private final Scheduler timer;
  private volatile boolean frozen;
  private volatile boolean freezesInUpgrade;
  // Only the one thread that writes at a time touches it.
  private long nextDripNanos = System.nanoTime();

  VenueEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler timer,
      Faults faults) {
    super(channel, selector, key, timer);
    this.faults = faults;
    this.timer = timer;
    if (faults.isOn(SILENT_AFTER_TCP)) {
      freeze();
    }
  }

  Faults faults() {
    return faults;
  }

  /** Lets nothing pass any more, in either direction. */
  void freeze() {
    frozen = true;
    setIdleTimeout(0);
  }

  /** Freezes after one half of what is written next, the answer to the upgrade. */
  void freezeInUpgrade() {
    freezesInUpgrade = true;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** Ends the connection as a crash would, with a reset. */
  void cut() {
    try {
      getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed already, which is what is wanted.
    }
    close();
  }

  /** Throws away what has come in; closes if the client has gone. Returns false if it has. */
  boolean drain() {
    ByteBuffer waste = ByteBuffer.allocate(4_096);
    try {
      int read = getChannel().read(waste);
      while (read > 0) {
        waste.clear();
        read = getChannel().read(waste);
      }
      if (read == 0) {
        return true;
      }
    } catch (IOException e) {
      // As good as the end of the stream.
    }
    close();
    return false;
  }

  @Override
  public void setIdleTimeout(long millis) {
    super.setIdleTimeout(frozen ? 0 : millis);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (!frozen) {
      return super.fill(buffer);
    }
    return drain() ? 0 : -1;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    if (frozen) {
      return remaining(buffers) == 0;
    }
    if (freezesInUpgrade) {
      freeze();
      writeUpTo((remaining(buffers) + 1) / 2, buffers);
      if (!faults.isOn(SILENT_IN_UPGRADE)) {
        // Who has cleared the faults meanwhile did not see it frozen.
        cut();
      }
      return false;
    }
    VenueFault drip = faults.get(SLOW_DRIP);
    return drip == null ? super.flush(buffers) : drip(drip, buffers);
  }

  @Override
  protected void onIncompleteFlush() {
    if (frozen) {
      return;
    }
    VenueFault drip = faults.get(SLOW_DRIP);
    if (drip == null) {
      super.onIncompleteFlush();
    } else {
      timer.schedule(
          () -> getWriteFlusher().completeWrite(),
          nextDripNanos - System.nanoTime(),
          TimeUnit.NANOSECONDS);
    }
  }

  private boolean drip(VenueFault drip, ByteBuffer... buffers) throws IOException {
    long now = System.nanoTime();
    if (now - nextDripNanos >= 0) {
      nextDripNanos = now + dripNanos(drip);
      writeUpTo(dripBytes(drip), buffers);
    }
    return remaining(buffers) == 0;
  }

  private void writeUpTo(int limit, ByteBuffer... buffers) throws IOException {
    int left = limit;
    for (ByteBuffer buffer : buffers) {
      ByteBuffer part = buffer.slice();
      part.limit(Math.min(left, part.remaining()));
      try {
        int written = getChannel().write(part);
        buffer.position(buffer.position() + written);
        left -= written;
      } catch (IOException e) {
        throw new EofException(e);
      }
    }
  }

  private static int dripBytes(VenueFault drip) {
    return Math.max(1, Faults.number(drip) / DRIPS_PER_SECOND);
  }

  private static long dripNanos(VenueFault drip) {
    return TimeUnit.SECONDS.toNanos(1) * dripBytes(drip) / Faults.number(drip);
  }

  private static int remaining(ByteBuffer... buffers) {
    int remaining = 0;
    for (ByteBuffer buffer : buffers) {
      remaining += buffer.remaining();
    }
    return remaining;
  }
}
