package io.tapeflow.benchmarks.race;

import java.util.List;
import java.util.Random;

/** Instruments of one connection that share a pace. For one thread. */
final class Lane {
  private static final int ORDER = 1 << 14;

  private final Pace pace;
  private final List<Channel> channels;
  private final double share;

  /** Which channel has the next trade: some have many, most have few. */
  private final int[] order;

  private int next;
  private long sent;

  /** An instrument as a connection has it. */
  record Channel(Listing listing, Frames frames) {}

  /**
   * Begins.
   *
   * @param share of the pace that falls on them
   */
  Lane(Pace pace, List<Channel> channels, double share) {
    this.pace = pace;
    this.channels = channels;
    this.share = share;
    order = skewed();
    // What was due before is not made up for.
    sent = pace.perSecond() > 0 ? pace.due(share) : 0;
  }

  private int[] skewed() {
    double[] upTo = new double[channels.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += channels.get(i).listing().weight();
      upTo[i] = sum;
    }
    Random random = new Random(11);
    int[] drawn = new int[ORDER];
    for (int i = 0; i < ORDER; i++) {
      double at = random.nextDouble() * sum;
      while (upTo[drawn[i]] < at) {
        drawn[i]++;
      }
    }
    return drawn;
  }

  /** Whether it takes all the room that it is given. */
  boolean isMax() {
    return pace.isMax();
  }

  /** Whether it is this one, so that it may go on where it is. */
  boolean is(Pace itsPace, List<Channel> itsChannels, double itsShare) {
    return pace.equals(itsPace) && channels.equals(itsChannels) && share == itsShare;
  }

  /**
   * Puts trades into a buffer: as many as there is room for at full speed, else what is due of
   * them, one at a time if each is to be sent alone.
   *
   * @param room up to where another trade may begin
   * @return where the buffer's content ends
   */
  int put(VenueClock clock, byte[] out, int from, int room) {
    int at = from;
    if (pace.isMax()) {
      long micros = clock.stampNow();
      while (at < room) {
        at = put(micros, clock, out, at);
      }
    } else if (!pace.isIdle()) {
      long due = pace.due(share);
      long most = pace.isPunctual() ? due : Math.min(due, sent + 1);
      while (sent < most && at < room) {
        long micros =
            pace.isPunctual() ? clock.stamp(pace.dueMicros(sent + 1, share)) : clock.stampNow();
        at = put(micros, clock, out, at);
        sent++;
      }
    }
    return at;
  }

  private int put(long micros, VenueClock clock, byte[] out, int at) {
    Channel channel = channels.get(order[next++ & (ORDER - 1)]);
    return channel.frames().put(channel.listing().next(micros), clock.digits(), out, at);
  }
}
