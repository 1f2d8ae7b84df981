package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.Pier.Held;
import io.baozi.bus.Departure;
import io.baozi.message.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order that leaves which was held back for a connection, and when its last does. */
class PierTest {
  private final Pier pier = new Pier("to.a", "a");

  private void hold(long id, long number) {
    pier.hold(new Held(Parcel.behindMessages(Reply.ok(id)), number));
  }

  private List<Long> departing() {
    return pier.depart().replies().stream().map(Reply::id).toList();
  }

  @Test
  void messages_ofLaterWrites_stayInTheirOrder() {
    hold(1, 5);
    hold(2, 0);
    hold(3, 7);
    pier.release(4);
    assertThat(pier.hasDeparture()).isFalse();

    pier.release(6);
    assertThat(departing()).containsExactly(1L, 2L);
    assertThat(pier.holdsMessages()).isTrue();
    assertThat(pier.hasDeparture()).isFalse();

    pier.release(7);
    assertThat(departing()).containsExactly(3L);
    assertThat(pier.isClear()).isTrue();
  }

  @Test
  void messages_whoseWriteIsLost_areRefusedAndNoOthers() {
    hold(1, 5);
    hold(2, 0);
    hold(3, 6);
    pier.lose(5, "a write failed");
    pier.release(6);
    assertThat(pier.depart().replies())
        .extracting(BrokerFixture::text)
        .containsExactly(
            "{\"ok\":false,\"error\":\"internal\","
                + "\"message\":\"whether this is kept is not known: a write failed\"}",
            "{\"ok\":true}",
            "{\"ok\":true}");
  }

  @Test
  void promise_released_leavesBeforeMessagesThatWait() {
    hold(1, 9);
    pier.promises();
    pier.release(Reply.ok(2), 30);
    assertThat(departing()).containsExactly(2L);
    assertThat(pier.isClear()).isFalse();
  }

  @Test
  void handedOut_isToldOnce() {
    pier.promises();
    pier.promises();
    pier.release(Reply.ok(1), 30);
    pier.release(Reply.ok(2), 12);
    assertThat(pier.takeHandedOut()).isEqualTo(42);
    assertThat(pier.takeHandedOut()).isZero();
  }

  @Test
  void end_ofTheConnection_comesWithTheLastThatIsHeldBack() {
    pier.promises();
    hold(2, 9);
    pier.endsIt();
    pier.release(Reply.ok(1), 0);
    assertThat(pier.depart().last()).isFalse();
    assertThat(pier.hasDeparture()).isFalse();

    pier.release(9);
    Departure last = pier.depart();
    assertThat(last.last()).isTrue();
    assertThat(last.replies()).hasSize(1);
  }
}
