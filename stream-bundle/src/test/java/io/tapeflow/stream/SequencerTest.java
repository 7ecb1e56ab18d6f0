package io.tapeflow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private static final long HOLD = 1_000;

  private final List<Long> released = new ArrayList<>();
  private final IdRanges gaps = new IdRanges();

  @Test
  void idsInOrderPassAtOnce() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 5, 6, 7);
    assertThat(released).containsExactly(5L, 6L, 7L);
    assertThat(sequencer.firstId()).isEqualTo(5);
    assertThat(sequencer.lastId()).isEqualTo(7);
    assertThat(sequencer.gaps()).isZero();
  }

  @Test
  void repeatedIdsAreDropped() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 5, 6, 5, 6, 7, 9, 9);
    assertThat(released).containsExactly(5L, 6L, 7L);
    assertThat(sequencer.duplicates()).isEqualTo(3);
  }

  @Test
  void aReorderedIdIsWaitedFor() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 3, 4);
    assertThat(released).containsExactly(1L);
    accept(sequencer, HOLD - 1, 2);
    assertThat(released).containsExactly(1L, 2L, 3L, 4L);
    assertThat(sequencer.gaps()).isZero();
    assertThat(sequencer.holding()).isZero();
  }

  @Test
  void aHoleIsGivenUpAfterTheHold() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 4, 5);
    sequencer.tick(HOLD - 1);
    assertThat(released).containsExactly(1L);
    sequencer.tick(HOLD);
    assertThat(released).containsExactly(1L, 4L, 5L);
    assertThat(sequencer.gaps()).isEqualTo(1);
    assertThat(sequencer.missing()).isEqualTo(2);
    assertThat(gaps).hasToString("2 to 3");
  }

  @Test
  void eachHoleHasItsOwnHold() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 3);
    accept(sequencer, 500, 5);
    sequencer.tick(HOLD);
    assertThat(released).containsExactly(1L, 3L);
    sequencer.tick(HOLD + 500);
    assertThat(released).containsExactly(1L, 3L, 5L);
  }

  @Test
  void aLateIdOfAGapIsNoDuplicate() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 3);
    sequencer.tick(HOLD);
    accept(sequencer, HOLD, 2, 1);
    assertThat(released).containsExactly(1L, 3L);
    assertThat(gaps.isEmpty()).isTrue();
    assertThat(sequencer.missing()).isZero();
    assertThat(sequencer.duplicates()).isEqualTo(1);
  }

  /** What the stream itself calls no trade, in its turn, nobody waits for and nobody asks for. */
  @Test
  void anIdOfNoTradeInItsTurnIsPassedAtOnce() {
    Sequencer sequencer = sequencer(100);
    sequencer.noTrade(7);
    accept(sequencer, 0, 1);
    sequencer.noTrade(2);
    accept(sequencer, 0, 3);
    assertThat(released).containsExactly(1L, 3L);
    assertThat(sequencer.hole()).isNull();
    assertThat(sequencer.absentIds()).isEqualTo(1);
    accept(sequencer, 0, 6);
    sequencer.noTrade(5);
    assertThat(sequencer.hole()).isEqualTo(new Sequencer.Hole(4, 4, 0));
    sequencer.noTrade(4);
    assertThat(released).containsExactly(1L, 3L, 6L);
    assertThat(gaps.isEmpty()).isTrue();
  }

  @Test
  void idsThatNeverWereAreNoPartOfAGap() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 9);
    sequencer.absent(3, 4);
    sequencer.absent(7, 7);
    assertThat(sequencer.hole()).isEqualTo(new Sequencer.Hole(2, 2, 0));
    sequencer.tick(HOLD);
    assertThat(released).containsExactly(1L, 9L);
    assertThat(gaps).hasToString("2 to 2, 5 to 6, 8 to 8");
    assertThat(sequencer.missing()).isEqualTo(4);
    assertThat(sequencer.absentIds()).isEqualTo(3);
  }

  @Test
  void aLongHoleOfIdsThatNeverWereTakesNoMemory() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 1_000_000_000_000L);
    sequencer.absent(2, 999_999_999_999L);
    assertThat(released).containsExactly(1L, 1_000_000_000_000L);
    assertThat(sequencer.missing()).isZero();
  }

  @Test
  void anIdThatIsFarAheadWhileTheNumberingGoesOnIsDropped() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 9_000_000_000L, 2, 3);
    sequencer.tick(HOLD);
    accept(sequencer, HOLD, 4);
    assertThat(released).containsExactly(1L, 2L, 3L, 4L);
    assertThat(sequencer.strays()).isEqualTo(1);
    assertThat(sequencer.missing()).isZero();
  }

  @Test
  void anIdThatIsSomewhatAheadWhileTheNumberingGoesOnIsDropped() {
    long hold = Duration.ofSeconds(15).toNanos();
    Sequencer sequencer = new Sequencer(hold, 100, new Recorder(released));
    accept(sequencer, 0, 1, 5_000, 2);
    accept(sequencer, hold - 1, 3);
    sequencer.tick(hold);
    accept(sequencer, hold, 4);
    assertThat(released).containsExactly(1L, 2L, 3L, 4L);
    assertThat(sequencer.strays()).isEqualTo(1);
    assertThat(sequencer.missing()).isZero();
  }

  @Test
  void aTradeThatOvertookOthersBehindAHoleIsNoMistake() {
    long hold = Duration.ofSeconds(15).toNanos();
    Sequencer sequencer = new Sequencer(hold, 100, new Recorder(released));
    accept(sequencer, 0, 1, 6, 2, 3);
    accept(sequencer, hold / 3, 7, 8);
    sequencer.tick(hold);
    assertThat(released).containsExactly(1L, 2L, 3L, 6L, 7L, 8L);
    assertThat(gaps).hasToString("4 to 5");
    assertThat(sequencer.strays()).isZero();
  }

  @Test
  void aLongHoleIsNoMistakeWhenTheNumberingGoesOnBehindIt() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 9_000_000, 9_000_001);
    sequencer.tick(HOLD);
    assertThat(released).containsExactly(1L, 9_000_000L, 9_000_001L);
    assertThat(sequencer.missing()).isEqualTo(8_999_998);
    assertThat(sequencer.strays()).isZero();
  }

  @Test
  void aKeptRecordIsGoneOnWith() {
    Sequencer sequencer = sequencer(100);
    sequencer.resumeAfter(10, 0);
    accept(sequencer, 0, 13, 10);
    assertThat(released).isEmpty();
    assertThat(sequencer.hole()).isEqualTo(new Sequencer.Hole(11, 12, 0));
    accept(sequencer, 0, 11, 12);
    assertThat(released).containsExactly(11L, 12L, 13L);
    assertThat(sequencer.firstId()).isEqualTo(11);
    assertThat(sequencer.duplicates()).isEqualTo(1);
  }

  @Test
  void theFirstHoleIsKnown() {
    Sequencer sequencer = sequencer(100);
    assertThat(sequencer.hole()).isNull();
    accept(sequencer, 7, 1, 5, 9);
    assertThat(sequencer.hole()).isEqualTo(new Sequencer.Hole(2, 4, 7));
    accept(sequencer, 8, 3);
    // Filled in part, and no younger for it.
    assertThat(sequencer.hole()).isEqualTo(new Sequencer.Hole(2, 2, 7));
    accept(sequencer, 9, 2, 4);
    assertThat(sequencer.hole()).isEqualTo(new Sequencer.Hole(6, 8, 7));
  }

  @Test
  void anIdThatNeverWasIsNotMissing() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 5);
    sequencer.absent(3, 3);
    sequencer.absent(3, 3);
    sequencer.absent(1, 1);
    sequencer.absent(9, 9);
    accept(sequencer, 0, 2);
    assertThat(released).containsExactly(1L, 2L);
    sequencer.absent(4, 4);
    assertThat(released).containsExactly(1L, 2L, 5L);
    assertThat(gaps.isEmpty()).isTrue();
    assertThat(sequencer.absentIds()).isEqualTo(2);
    assertThat(sequencer.missing()).isZero();
    assertThat(sequencer.lastId() - sequencer.firstId() + 1)
        .isEqualTo(sequencer.delivered() + sequencer.absentIds());
  }

  @Test
  void holesThatAreOverdueAreAskedForTogether() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 3, 4, 7);
    accept(sequencer, 5, 9);
    assertThat(sequencer.overdue(9, 10, 100)).isNull();
    assertThat(sequencer.overdue(10, 10, 100)).isEqualTo(new Ids(2, 6));
    assertThat(sequencer.overdue(15, 10, 100)).isEqualTo(new Ids(2, 8));
    // No more than one page brings, but always the first hole.
    assertThat(sequencer.overdue(15, 10, 5)).isEqualTo(new Ids(2, 6));
    assertThat(sequencer.overdue(15, 10, 4)).isEqualTo(new Ids(2, 2));
    assertThat(sequencer.overdue(15, 10, 0)).isEqualTo(new Ids(2, 2));
    sequencer.countGaps(6);
    assertThat(sequencer.gaps()).isEqualTo(2);
    sequencer.countGaps(8);
    assertThat(sequencer.gaps()).isEqualTo(3);
  }

  @Test
  void aHoleThatIsFetchedAndGivenUpIsOneGap() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 1, 4);
    sequencer.countGaps(3);
    accept(sequencer, 0, 2);
    sequencer.countGaps(3);
    sequencer.tick(HOLD);
    assertThat(sequencer.gaps()).isEqualTo(1);
    assertThat(sequencer.missing()).isEqualTo(1);
    assertThat(released).containsExactly(1L, 2L, 4L);
  }

  @Test
  void aNewNumberingShowsAsRepeatsInARow() {
    Sequencer sequencer = sequencer(100);
    accept(sequencer, 0, 500, 1, 2, 3);
    assertThat(sequencer.repeatsInARow()).isEqualTo(3);
    accept(sequencer, 0, 501);
    assertThat(sequencer.repeatsInARow()).isZero();
  }

  @Test
  void theNumberHeldIsBounded() {
    Sequencer sequencer = sequencer(3);
    accept(sequencer, 0, 1, 3, 4, 5, 6);
    assertThat(released).containsExactly(1L, 3L, 4L, 5L, 6L);
    assertThat(sequencer.missing()).isEqualTo(1);
  }

  @Test
  void withoutAHoldAGapIsReleasedAtOnce() {
    Sequencer sequencer = new Sequencer(0, 100, new Recorder(released));
    accept(sequencer, 0, 1, 5);
    assertThat(released).containsExactly(1L, 5L);
    assertThat(sequencer.missing()).isEqualTo(3);
  }

  @Property(tries = 300)
  void anyDisorderWithinTheHoldIsUndone(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 500) int count,
      @ForAll @DoubleRange(min = 0, max = 0.5) double repeated) {
    Random random = new Random(seed);
    List<Long> ids = new ArrayList<>();
    for (long id = 2; id <= count; id++) {
      ids.add(id);
      if (random.nextDouble() < repeated) {
        ids.add(id);
      }
    }
    Collections.shuffle(ids, random);
    List<Long> out = new ArrayList<>();
    Sequencer sequencer =
        new Sequencer(
            HOLD,
            10_000,
            new Recorder(out) {
              @Override
              public void release(long id, long price, long q, long t, long r, long f) {
                assertThat(price).isEqualTo(id * 10);
                super.release(id, price, q, t, r, f);
              }
            });
    sequencer.accept(1, 10, 1, 1, 1, 0, 0);
    ids.forEach(id -> sequencer.accept(id, id * 10, 1, 1, 1, 0, 0));

    assertThat(out).hasSize(count).isSorted().doesNotHaveDuplicates();
    assertThat(sequencer.delivered()).isEqualTo(count);
    assertThat(sequencer.duplicates()).isEqualTo(ids.size() - (count - 1));
    assertThat(sequencer.gaps()).isZero();
  }

  @Property(tries = 300)
  void everyIdIsReleasedOrMissing(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 500) int count) {
    Random random = new Random(seed);
    List<Long> out = new ArrayList<>();
    Sequencer sequencer = new Sequencer(HOLD, 20, new Recorder(out));
    long now = 0;
    for (long id = 1; id <= count; id++) {
      now += random.nextInt(300);
      if (random.nextDouble() > 0.2) {
        sequencer.accept(id, 1, 1, 1, 1, 0, now);
      }
      sequencer.tick(now);
    }
    sequencer.tick(now + HOLD);

    assertThat(out).isSorted().doesNotHaveDuplicates();
    if (!out.isEmpty()) {
      assertThat(sequencer.lastId() - sequencer.firstId() + 1)
          .isEqualTo(sequencer.delivered() + sequencer.missing());
      assertThat((long) out.size()).isEqualTo(sequencer.delivered());
    }
  }

  private Sequencer sequencer(int maxHeld) {
    return new Sequencer(HOLD, maxHeld, new Recorder(released));
  }

  private static void accept(Sequencer sequencer, long now, long... ids) {
    for (long id : ids) {
      sequencer.accept(id, 1, 1, 1, 1, 0, now);
    }
  }

  private class Recorder implements Sequencer.Release {
    private final List<Long> out;

    Recorder(List<Long> out) {
      this.out = out;
    }

    @Override
    public void release(long id, long price, long q, long t, long r, long f) {
      out.add(id);
    }

    @Override
    public void gap(long first, long last) {
      gaps.add(first, last);
    }

    @Override
    public boolean late(long id, long price, long q, long t, long r, long f) {
      boolean missing = gaps.contains(id);
      gaps.remove(id, id);
      return missing;
    }
  }
}
