package io.tapeflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {
  private final ConnectionTable table = new ConnectionTable();
  private final Channel a = new FakeChannel();
  private final Channel b = new FakeChannel();
  private final Channel c = new FakeChannel();

  @Test
  void whoHasAskedNothingForLongestMakesRoom() {
    assertThat(table.enter(a, 2)).isEmpty();
    assertThat(table.enter(b, 2)).isEmpty();
    table.begin(a);
    table.end(a);

    assertThat(table.enter(c, 2)).containsExactly(b);
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void whoHasARequestUnderWayStays() {
    table.enter(a, 2);
    table.enter(b, 2);
    table.begin(a);
    table.begin(b);

    assertThat(table.enter(c, 2)).containsExactly(c);
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void severalRequestsOfOneConnectionEndOneByOne() {
    table.enter(a, 1);
    table.begin(a);
    table.begin(a);
    table.end(a);
    assertThat(table.enter(b, 1)).containsExactly(b);

    table.end(a);
    assertThat(table.enter(b, 1)).containsExactly(a);
  }

  @Test
  void whatIsTakenOutStaysOut() {
    table.enter(a, 1);
    assertThat(table.enter(b, 1)).containsExactly(a);
    // Its last request may have been on its way.
    table.begin(a);
    table.end(a);
    assertThat(table.size()).isEqualTo(1);

    table.begin(b);
    table.leave(b);
    table.end(b);
    assertThat(table.size()).isZero();
  }

  @Test
  void aLowerLimitIsReachedWithTheNextOne() {
    for (Channel each : List.of(a, b)) {
      table.enter(each, 3);
    }

    assertThat(table.enter(c, 1)).containsExactly(a, b);
  }
}
