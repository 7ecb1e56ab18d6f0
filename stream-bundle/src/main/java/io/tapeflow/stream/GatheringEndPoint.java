package io.tapeflow.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A socket that is read in fewer, larger pieces while much comes: to wake up for each trade costs
 * more than all that is done with it. A read that leaves room in the buffer has emptied the socket;
 * what comes next is let gather for a moment if the last time was only a moment ago. What the
 * socket then has, the selector finds out without waiting.
 *
 * <p>Its selector has no other busy socket but during a rollover.
 */
final class GatheringEndPoint extends SocketChannelEndPoint {
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  // Of the thread that reads; Jetty hands reading on in order.
  private boolean emptied;
  private long emptiedNanos;

  GatheringEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
    emptiedNanos = System.nanoTime() - NAP_NANOS;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (emptied) {
      emptied = false;
      gather();
      return 0;
    }
    int room = buffer.capacity() - buffer.remaining();
    int filled = super.fill(buffer);
    emptied = filled > 0 && filled < room;
    return filled;
  }

  private void gather() {
    if (System.nanoTime() - emptiedNanos < NAP_NANOS) {
      LockSupport.parkNanos(NAP_NANOS);
    }
    emptiedNanos = System.nanoTime();
  }
}
