package io.baozi.broker.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MemoryTest {
  @Test
  void hasRoom_upToTheLimit_isTrue() {
    Memory memory = new Memory(100);
    memory.take(60);
    assertThat(memory.hasRoom(40)).isTrue();
    assertThat(memory.hasRoom(41)).isFalse();
  }

  @Test
  void hasRoom_hugeRequest_doesNotOverflow() {
    Memory memory = new Memory(100);
    memory.take(60);
    assertThat(memory.hasRoom(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void give_takenBytes_makesRoomAgain() {
    Memory memory = new Memory(100);
    memory.take(150);
    assertThat(memory.hasRoom(1)).isFalse();
    memory.give(150);
    assertThat(memory.used()).isZero();
    assertThat(memory.hasRoom(100)).isTrue();
  }

  @Test
  void memory_noLimit_isRefused() {
    assertThatThrownBy(() -> new Memory(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
