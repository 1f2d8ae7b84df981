package io.baozi.broker.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
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

  @Test
  void hasRoom_withSomethingToSpare_sparesTheOldestAndNoMoreThanIsNeeded() {
    Memory memory = new Memory(100);
    List<String> spared = new ArrayList<>();
    memory.take(40);
    List.of("a", "b", "c").forEach(name -> memory.keep(spare(name, spared)));
    assertThat(memory.used()).isEqualTo(100);
    assertThat(memory.hasRoom(0)).isTrue();
    assertThat(spared).isEmpty();
    assertThat(memory.hasRoom(30)).isTrue();
    assertThat(spared).containsExactly("a", "b");
    assertThat(memory.used()).isEqualTo(60);
  }

  @Test
  void hasRoom_moreThanCanBeSpared_sparesNothing() {
    Memory memory = new Memory(100);
    List<String> spared = new ArrayList<>();
    memory.take(40);
    memory.keep(spare("a", spared));
    assertThat(memory.hasRoom(61)).isFalse();
    assertThat(spared).isEmpty();
  }

  @Test
  void release_ofWhatIsKept_makesRoomOnce() {
    Memory memory = new Memory(100);
    Spare spare = spare("a", new ArrayList<>());
    memory.keep(spare);
    memory.keep(spare);
    assertThat(memory.used()).isEqualTo(20);
    memory.release(spare);
    memory.release(spare);
    assertThat(memory.used()).isZero();
  }

  private static Spare spare(String name, List<String> spared) {
    return new Spare(20) {
      @Override
      protected void spared() {
        spared.add(name);
      }
    };
  }
}
