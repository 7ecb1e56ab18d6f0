package io.tapeflow.plan;

import io.tapeflow.api.plan.Plan;
import io.tapeflow.api.plan.PlanDraft;
import io.tapeflow.api.plan.PlanFault;
import io.tapeflow.api.plan.PlanSource;
import io.tapeflow.plan.check.Judge;
import io.tapeflow.plan.evaluate.Beginning;
import io.tapeflow.plan.store.PlanRecord;
import io.tapeflow.tasks.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The plans that all sources have given, each judged. Safe for any thread.
 *
 * <p>Conditions and sources are foreign code: they are asked with no lock held.
 */
final class Book {
  private final Judge judge;
  private final Keeper keeper;
  private final Clock clock;
  private final ToLongFunction<Entry> lastIds;

  private final Map<PlanSource, Shelf> shelves = new LinkedHashMap<>();
  private long registryVersion;
  private volatile Live live = Live.NONE;
  private volatile List<Entry> all = List.of();

  /**
   * A book without plans.
   *
   * @param lastIds the last trade at which a plan was looked at; -1 if there has been none
   */
  Book(Judge judge, Keeper keeper, Clock clock, ToLongFunction<Entry> lastIds) {
    this.judge = judge;
    this.keeper = keeper;
    this.clock = clock;
    this.lastIds = lastIds;
  }

  /** All plans, in the order of their sources. */
  List<Entry> all() {
    return all;
  }

  /** The plans that have to be looked at. */
  Live live() {
    return live;
  }

  /** The plan of an id; null if there is none. If several sources have one, the one that counts. */
  Entry find(String id) {
    Entry found = null;
    for (Entry entry : all) {
      if (entry.id().equals(id) && (found == null || !found.faults().isEmpty())) {
        found = entry;
      }
    }
    return found;
  }

  /**
   * A source has come, or its plans have changed.
   *
   * @return plans that are no longer there
   */
  List<Entry> offer(PlanSource source, String name) {
    List<PlanDraft> drafts = source.plans();
    Map<PlanDraft, List<PlanFault>> faults = judged(Entry::isTaken);
    drafts.forEach(draft -> faults.put(draft, judge.faults(draft)));
    synchronized (this) {
      Shelf shelf = shelves.computeIfAbsent(source, key -> new Shelf(name));
      shelf.drafts = drafts;
      return arrange(faults);
    }
  }

  /** A source has gone. */
  List<Entry> remove(PlanSource source) {
    Map<PlanDraft, List<PlanFault>> faults = judged(Entry::isTaken);
    synchronized (this) {
      shelves.remove(source);
      return arrange(faults);
    }
  }

  /**
   * Judges once more what was wrong, and what could only be judged in part because nothing was
   * known of its instrument yet: what plans are judged by has changed.
   */
  List<Entry> judgeAgain() {
    Map<PlanDraft, List<PlanFault>> faults = judged(Book::isInDoubt);
    synchronized (this) {
      return arrange(faults);
    }
  }

  /** Whether there are plans of which another judgement may differ from the one before. */
  boolean hasDoubts() {
    return all.stream().anyMatch(Book::isInDoubt);
  }

  private static boolean isInDoubt(Entry entry) {
    return !entry.faults().isEmpty() || entry.isUnbound();
  }

  private Map<PlanDraft, List<PlanFault>> judged(Predicate<Entry> which) {
    Map<PlanDraft, List<PlanFault>> faults = new HashMap<>();
    for (Entry entry : all) {
      if (which.test(entry)) {
        faults.put(entry.draft(), judge.faults(entry.draft()));
      }
    }
    return faults;
  }

  /** The conditions of the registry have changed: those that name them have to be made anew. */
  synchronized void registryChanged() {
    registryVersion++;
    refresh();
  }

  /** Plans have come to an end. */
  synchronized void refresh() {
    live = new Live(registryVersion, all.stream().filter(Entry::isLive).toList());
  }

  /** Brings the entries in line with the drafts. Those whose drafts are the same stay. */
  private List<Entry> arrange(Map<PlanDraft, List<PlanFault>> judged) {
    Map<String, String> taken = new HashMap<>();
    Map<String, Entry> older = new HashMap<>();
    all.stream().filter(Entry::isLive).forEach(entry -> older.put(entry.id(), entry));
    List<Entry> now = new ArrayList<>();
    Set<Entry> before = new HashSet<>(all);
    for (Shelf shelf : shelves.values()) {
      List<Entry> entries = new ArrayList<>();
      for (PlanDraft draft : shelf.drafts) {
        String other = taken.get(draft.id());
        Entry old = older.get(draft.id());
        entries.add(entry(shelf, draft, judged.get(draft), other, old));
        taken.putIfAbsent(draft.id(), shelf.name);
      }
      shelf.entries = entries;
      now.addAll(entries);
    }
    all = List.copyOf(now);
    before.removeAll(now);
    Set<String> ids = new HashSet<>(taken.keySet());
    List<Entry> gone = new ArrayList<>();
    for (Entry entry : before) {
      if (!ids.contains(entry.id())) {
        gone.add(entry);
        goes(entry);
      }
    }
    refresh();
    return gone;
  }

  /**
   * The entry of a draft.
   *
   * @param faults null if it has not been judged anew
   * @param taken the source that has the id already; null if none has
   * @param old the plan of that id until now; null if there was none that was looked at
   */
  private Entry entry(
      Shelf shelf, PlanDraft draft, List<PlanFault> faults, String taken, Entry old) {
    Entry known =
        shelf.entries.stream().filter(it -> it.draft().equals(draft)).findFirst().orElse(null);
    boolean same = known != null && (taken != null) == known.isTaken();
    // One that has been looked at stays right, whatever comes and goes.
    boolean stays = same && known.faults().isEmpty() && !known.isUnbound();
    if (stays || (same && (faults == null || faults.equals(known.faults())))) {
      return known;
    }
    List<PlanFault> wrong = faults == null ? judge.faults(draft) : faults;
    if (taken != null) {
      Entry other = Entry.taken(shelf.name, draft, wrong, taken, clock.now());
      return same && known.faults().equals(other.faults()) ? known : other;
    }
    return wrong.isEmpty()
        ? accepted(shelf.name, draft, old)
        : new Entry(shelf.name, draft, wrong, null, null, clock.now());
  }

  private Entry accepted(String source, PlanDraft draft, Entry old) {
    Plan plan = draft.plan();
    try {
      PlanRecord record = keeper.take(plan);
      long last = old == null ? -1 : lastIds.applyAsLong(old);
      // The same plan in another place of a file has been looked at all the time.
      boolean same = last >= 0 && old.record().content().equals(record.content());
      Beginning beginning = same ? new Beginning(last, 0) : keeper.beginning(record);
      Entry entry = new Entry(source, draft, List.of(), record.back(), beginning, clock.now());
      keeper.put(entry.record());
      return entry;
    } catch (IOException e) {
      String what = "What became of it before cannot be read: " + e.getMessage();
      PlanFault fault = new PlanFault("id", what, "another id");
      return new Entry(source, draft, List.of(fault), null, null, clock.now());
    }
  }

  private void goes(Entry entry) {
    PlanRecord record = entry.record();
    if (record != null) {
      keeper.put(record.gone(clock.wallMicros(), lastIds.applyAsLong(entry)));
    }
  }

  /** The plans that have to be looked at; another object as soon as they have changed. */
  static final class Live {
    static final Live NONE = new Live(0, List.of());

    private final long registryVersion;
    private final List<Entry> entries;

    Live(long registryVersion, List<Entry> entries) {
      this.registryVersion = registryVersion;
      this.entries = entries;
    }

    /** Another one if conditions of the registry have changed. */
    long registryVersion() {
      return registryVersion;
    }

    List<Entry> entries() {
      return entries;
    }
  }

  /** The plans of a source. */
  private static final class Shelf {
    private final String name;
    private List<PlanDraft> drafts = List.of();
    private List<Entry> entries = List.of();

    Shelf(String name) {
      this.name = name;
    }
  }
}
