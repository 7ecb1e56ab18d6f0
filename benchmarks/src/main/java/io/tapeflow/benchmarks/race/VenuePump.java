package io.tapeflow.benchmarks.race;

import io.tapeflow.benchmarks.race.Lane.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Sends a connection's instruments at the venue's paces until it is ended. */
final class VenuePump implements Runnable {
  private static final int BUFFER = 64 << 10;
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Venue venue;
  private final OutputStream out;
  private final VenueClock clock = new VenueClock();

  /** Whoever has it may write. */
  private final Lock turn = new ReentrantLock(true);

  private volatile List<Channel> channels = List.of();
  private List<Lane> lanes = List.of();

  /** What the lanes were made of. */
  private Traffic followed = Traffic.NONE;

  private List<Channel> carried = List.of();
  private volatile boolean ended;

  VenuePump(Venue venue, OutputStream out) {
    this.venue = venue;
    this.out = out;
  }

  int subscriptions() {
    return channels.size();
  }

  /** Sends these as well from now on. */
  void add(List<Channel> more) {
    change(all -> all.addAll(more));
  }

  /** Sends these no more from now on. */
  void remove(Set<Listing> gone) {
    change(all -> all.removeIf(channel -> gone.contains(channel.listing())));
  }

  private void change(Consumer<List<Channel>> how) {
    turn.lock();
    try {
      List<Channel> changed = new ArrayList<>(channels);
      how.accept(changed);
      channels = List.copyOf(changed);
    } finally {
      turn.unlock();
    }
  }

  /** Returns when what was being sent has been: whether nothing more will be. */
  boolean awaitIdle() {
    turn.lock();
    try {
      return venue.traffic().isNone();
    } finally {
      turn.unlock();
    }
  }

  void write(byte[] bytes) throws IOException {
    turn.lock();
    try {
      out.write(bytes);
    } finally {
      turn.unlock();
    }
  }

  /** Ends it; it has sent its last trade. Returns what it carried. */
  List<Channel> end() {
    turn.lock();
    try {
      ended = true;
      return channels;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER + Frames.longest()];
    try {
      while (!ended) {
        int length;
        turn.lock();
        try {
          length = ended ? 0 : sendDue(buffer);
        } finally {
          turn.unlock();
        }
        if (length == 0) {
          LockSupport.parkNanos(lanes.isEmpty() ? IDLE_NANOS : NAP_NANOS);
        }
      }
    } catch (IOException e) {
      ended = true;
    }
  }

  private int sendDue(byte[] buffer) throws IOException {
    Traffic traffic = venue.traffic();
    if (!traffic.equals(followed) || carried != channels) {
      followed = traffic;
      carried = channels;
      lanes = lanes(traffic, carried);
    }
    int length = 0;
    for (Lane lane : lanes) {
      length = lane.put(clock, buffer, length, BUFFER);
    }
    if (length > 0) {
      out.write(buffer, 0, length);
    }
    return length;
  }

  /** Those at full speed come last: they take all the room that is left. */
  private List<Lane> lanes(Traffic traffic, List<Channel> all) {
    List<Lane> next = new ArrayList<>();
    List<Channel> sharing = new ArrayList<>(all);
    for (Map.Entry<String, Pace> own : traffic.own().entrySet()) {
      List<Channel> alone =
          all.stream().filter(it -> it.listing().symbol().equals(own.getKey())).toList();
      if (!alone.isEmpty()) {
        sharing.removeAll(alone);
        next.add(lane(own.getValue(), alone, 1));
      }
    }
    if (!sharing.isEmpty() && !traffic.shared().isIdle()) {
      double weight = sharing.stream().mapToDouble(channel -> channel.listing().weight()).sum();
      next.add(lane(traffic.shared(), List.copyOf(sharing), weight / venue.weight(traffic)));
    }
    next.sort(Comparator.comparing(Lane::isMax));
    return next;
  }

  private Lane lane(Pace pace, List<Channel> its, double share) {
    return lanes.stream()
        .filter(lane -> lane.is(pace, its, share))
        .findFirst()
        .orElseGet(() -> new Lane(pace, its, share));
  }
}
