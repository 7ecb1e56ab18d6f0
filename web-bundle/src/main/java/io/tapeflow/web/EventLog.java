package io.tapeflow.web;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The newest events, each with the number after that of the one before. Clients read it each at
 * their own place, so it is queue and memory in one; who comes too late finds that it has gone on.
 */
final class EventLog {
  /** An event as it is sent. */
  @SuppressWarnings("ArrayRecordComponent") // Handed to sockets, and compared with nothing.
  record Entry(long number, Topic topic, byte[] frame, long nanos) {}

  private final String epoch;
  private final long mostBytes;
  private final Entry[] ring;
  private final Map<Topic, Entry> newest = new HashMap<>();
  private long first = 1;
  private long last;
  private long bytes;

  /**
   * An empty log.
   *
   * @param epoch tells its numbers from those of another log
   */
  EventLog(String epoch, int mostEntries, long mostBytes) {
    this.epoch = epoch;
    this.mostBytes = mostBytes;
    this.ring = new Entry[mostEntries];
  }

  /** Adds an event, and forgets the oldest if there are too many. */
  synchronized void add(Topic topic, byte[] json, long nanos) {
    if (last - first + 1 == ring.length) {
      drop();
    }
    last++;
    Entry entry = new Entry(last, topic, frame(last, topic.type(), json), nanos);
    ring[index(last)] = entry;
    bytes += entry.frame().length;
    if (topic.supersedes()) {
      newest.put(topic, entry);
    }
    while (bytes > mostBytes && first < last) {
      drop();
    }
  }

  /**
   * The next event that is wanted and not superseded; null if there is none yet.
   *
   * @param after the number of the last one read
   */
  synchronized Entry next(long after, Predicate<Topic> wanted) {
    for (long number = Math.max(after + 1, first); number <= last; number++) {
      Entry entry = ring[index(number)];
      Entry newer = newest.get(entry.topic());
      if (wanted.test(entry.topic()) && (newer == null || newer.number() == number)) {
        return entry;
      }
    }
    return null;
  }

  /** What a client that begins has to know: the newest event of each topic that is superseded. */
  synchronized List<Entry> standing(Predicate<Topic> wanted) {
    return newest.values().stream()
        .filter(entry -> wanted.test(entry.topic()))
        .sorted(Comparator.comparingLong(Entry::number))
        .toList();
  }

  /** No longer to be told to those who begin. */
  synchronized void forget(Predicate<Topic> topics) {
    newest.keySet().removeIf(topics);
  }

  /**
   * Up to which number there is nothing that is wanted: a client that waits there is not overtaken
   * by events that do not concern it.
   */
  synchronized long lastUnwanted(long after, Predicate<Topic> wanted) {
    Entry next = next(after, wanted);
    return next == null ? last : next.number() - 1;
  }

  synchronized long last() {
    return last;
  }

  /** Whether all that came after a number is still there. */
  synchronized boolean reaches(long number) {
    return number >= first - 1 && number <= last;
  }

  /** The number in an id that this log gave; -1 if it gave no such id. */
  long number(String id) {
    String start = epoch + '-';
    try {
      return id.startsWith(start) ? Long.parseLong(id.substring(start.length())) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** An event as it is sent. */
  byte[] frame(long number, String type, byte[] json) {
    byte[] head =
        "id: %s-%d\nevent: %s\ndata: "
            .formatted(epoch, number, type)
            .getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[head.length + json.length + 2];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(json, 0, frame, head.length, json.length);
    frame[frame.length - 2] = '\n';
    frame[frame.length - 1] = '\n';
    return frame;
  }

  private void drop() {
    Entry oldest = ring[index(first)];
    bytes -= oldest.frame().length;
    ring[index(first)] = null;
    first++;
  }

  private int index(long number) {
    return (int) (number % ring.length);
  }
}
