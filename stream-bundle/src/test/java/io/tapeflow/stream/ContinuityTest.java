package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeflow.api.stream.InstrumentStatus;
import io.tapeflow.api.trade.Instrument;
import io.tapeflow.tasks.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever becomes of trades on their way: in the end the tape and every listener hold each of them
 * once, and on the way nobody is told anything that is not so.
 */
class ContinuityTest {
  private static final Instrument BTC = new Instrument("test", "BTCUSDT", 8, 8);
  private static final long FIRST = 1_000;

  @Property(tries = 400)
  void everyTradeOnceInTheEnd(@ForAll long seed) {
    Scenario scenario = new Scenario(seed);
    scenario.play();
    scenario.heal();
    scenario.check();
    Statistics.label("late").collect(scenario.feed.status().amended() > 0);
    Statistics.label("late").coverage(seen -> seen.check(true).percentage(p -> p > 30));
    Statistics.label("told late").collect(scenario.wasToldLate());
    Statistics.label("told late").coverage(seen -> seen.check(true).percentage(p -> p > 20));
  }

  @Property(tries = 200)
  void aRecordThatIsKeptGoesOnWithoutHoleOrRepeat(@ForAll long seed) {
    Scenario scenario = new Scenario(seed);
    for (int part = 0; part < 3; part++) {
      scenario.play();
      scenario.restart();
    }
    scenario.play();
    scenario.heal();
    scenario.check();
  }

  /** A venue, a feed, and some listeners that come when they please. */
  private static final class Scenario {
    private final Random random;
    private final HandClock clock = new HandClock();
    private final StreamSettings settings =
        ConnectorRig.settings(URI.create("ws://h"), URI.create("http://h"), "BTCUSDT");

    /** What the venue has printed: quantity by id. Some ids are given to no trade. */
    private final TreeMap<Long, Long> printed = new TreeMap<>();

    private final List<Long> onTheWay = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private InstrumentFeed feed;
    private long nextId = FIRST + 1;

    Scenario(long seed) {
      random = new Random(seed);
      feed = new InstrumentFeed(BTC, settings, true, null, clock);
      // Where the record begins.
      printed.put(FIRST, 1L);
      bring(FIRST);
    }

    void play() {
      int steps = 50 + random.nextInt(400);
      for (int i = 0; i < steps; i++) {
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3, 4 -> print();
          case 5, 6, 7 -> arrive();
          case 8 -> ask(random.nextInt(20));
          case 9 -> wait(random.nextInt(9_000));
          default -> follow();
        }
      }
    }

    /** The venue prints some trades; some ids are given to none, some never come by the stream. */
    private void print() {
      for (int i = random.nextInt(8); i >= 0; i--) {
        long id = nextId++;
        if (random.nextInt(15) == 0) {
          continue;
        }
        printed.put(id, id * 31 + 7);
        if (random.nextInt(10) > 0) {
          onTheWay.add(id);
        }
      }
    }

    /** Some of what is on the way arrives, in disorder, now and then twice or much later. */
    private void arrive() {
      for (int i = random.nextInt(10); i >= 0 && !onTheWay.isEmpty(); i--) {
        int near = Math.min(onTheWay.size(), random.nextInt(8) == 0 ? 1_000 : 3);
        int which = random.nextInt(near);
        bring(onTheWay.get(which));
        if (random.nextInt(10) > 0) {
          onTheWay.remove(which);
        }
      }
    }

    private void bring(long id) {
      feed.trade(id, 1, printed.get(id), id * 1_000, id, TapeRow.flags(true, 1, false, false));
    }

    /** One answer of REST, which may lag behind the stream by some ids. */
    private boolean ask(long lag) {
      int count = 2 + random.nextInt(40);
      Ids live = feed.overdue(Duration.ZERO, count - 1);
      boolean late = live == null || random.nextBoolean();
      Ids hole = late ? feed.missingFrom(FIRST + random.nextInt(500), count - 1) : live;
      if (late && hole == null) {
        hole = feed.missingFrom(0, count - 1);
      }
      return hole != null
          && feed.fill(hole, page(feed.askFrom(hole), 1 + random.nextInt(count), lag));
    }

    private BackfillPage page(long from, int count, long lag) {
      BackfillPage page = new BackfillPage();
      SortedMap<Long, Long> rows = printed.tailMap(from).headMap(Math.max(from, nextId - lag));
      rows.entrySet().stream()
          .limit(count)
          .forEach(
              row -> page.trade(row.getKey(), 1, row.getValue(), row.getKey() * 1_000, true, 1));
      return page;
    }

    private void wait(int millis) {
      clock.nanos += Duration.ofMillis(millis).toNanos();
      feed.tick();
    }

    private void follow() {
      if (followers.size() < 4 && random.nextInt(6) == 0) {
        followers.add(new Follower(feed.tape(), random.nextBoolean()));
      }
      followers.forEach(follower -> follower.take(random.nextInt(6), 1 + random.nextInt(30)));
    }

    /** The connector ends in good order and another one begins. */
    void restart() {
      KeptTape kept = KeptTape.of(feed.tape().view());
      feed = new InstrumentFeed(BTC, settings, true, kept, clock);
      onTheWay.clear();
      followers.forEach(follower -> follower.moveTo(feed.tape()));
    }

    /** At last the stream flows without a fault, and REST has everything. */
    void heal() {
      long last = nextId++;
      printed.put(last, 1L);
      bring(last);
      int quiet = 0;
      while (quiet < 40) {
        quiet = ask(0) ? 0 : quiet + 1;
      }
      wait(20_000);
      while (feed.missingFrom(0, 50) != null) {
        Ids hole = feed.missingFrom(0, 50);
        // What the first answer leaves out takes a second one.
        boolean filled = feed.fill(hole, page(feed.askFrom(hole), 100, 0));
        wait(300);
        filled |= feed.fill(hole, page(feed.askFrom(hole), 100, 0));
        assertThat(filled).isTrue();
      }
    }

    boolean wasToldLate() {
      return followers.stream().anyMatch(follower -> follower.model.amendments > 0);
    }

    void check() {
      TapeBatch tape = feed.tape().latest(1_000_000);
      TreeMap<Long, Long> held = new TreeMap<>();
      for (int i = 0; i < tape.size(); i++) {
        assertThat(i == 0 || tape.id(i) > tape.id(i - 1)).isTrue();
        held.put(tape.id(i), tape.quantity(i));
      }
      assertThat(held).isEqualTo(printed);
      InstrumentStatus status = feed.status();
      assertThat(status.unrepaired()).isZero();
      assertThat(status.reason()).isEmpty();
      assertThat(status.lastId()).isEqualTo(printed.lastKey());
      assertThat(status.delivered() + status.amended() + status.absent() + status.unrepaired())
          .as("the account of %s", status)
          .isEqualTo(status.lastId() - status.firstId() + 1 + status.inherited());
      for (Follower follower : followers) {
        follower.take(10_000, 100);
        ListenerModel model = follower.model;
        assertThat(model.lost.isEmpty()).isTrue();
        assertThat(model.missing.isEmpty()).as("still missing: %s", model.missing).isTrue();
        if (!model.trades.isEmpty()) {
          assertThat(model.trades).isEqualTo(printed.tailMap(follower.from()));
        }
        assertThat(model.lastId()).isEqualTo(tape.id(tape.size() - 1));
      }
    }
  }

  /** A listener on its way along the tape. */
  private static final class Follower {
    private final ListenerModel model = new ListenerModel();
    private final boolean fromOldest;
    private final long joinedBehind;
    private TapeCursor cursor;

    Follower(Tape tape, boolean fromOldest) {
      this.fromOldest = fromOldest;
      this.joinedBehind = tape.view().lastId();
      this.cursor = fromOldest ? TapeCursor.atOldest(tape) : TapeCursor.atNext(tape);
    }

    void take(int notices, int most) {
      for (int i = 0; i < notices; i++) {
        Notice notice = cursor.next(most);
        if (notice != null) {
          notice.tell(model);
          cursor.handed();
        }
      }
    }

    void moveTo(Tape tape) {
      Place place = cursor.take();
      assertThat(cursor.next(1)).isNull();
      cursor =
          place != null
              ? TapeCursor.at(tape, place)
              : fromOldest ? TapeCursor.atOldest(tape) : TapeCursor.atNext(tape);
    }

    long from() {
      return fromOldest || joinedBehind < 0 ? FIRST : joinedBehind + 1;
    }
  }

  private static final class HandClock implements Clock {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long wallMicros() {
      return nanos / 1_000;
    }
  }
}
