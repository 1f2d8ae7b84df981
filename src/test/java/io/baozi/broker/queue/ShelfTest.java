package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.broker.waiting.Memory;
import org.junit.jupiter.api.Test;

/** Which bodies stay in memory although they are on disk. */
class ShelfTest {
  private final Memory memory = new Memory(1 << 20);
  private final Shelf shelf = new Shelf(100, memory);

  private Content content(int length) {
    Content content = new Content(new byte[length], null, 0, Terms.DEFAULT);
    memory.take(content.memory());
    return content;
  }

  private Content stored(int length) {
    Content content = content(length);
    shelf.stored(content);
    return content;
  }

  @Test
  void stored_whileThereIsRoom_staysAtHand() {
    Content first = stored(60);
    Content second = stored(40);
    assertThat(first.body()).hasSize(60);
    assertThat(second.body()).hasSize(40);
    assertThat(shelf.used()).isEqualTo(100);
    assertThat(memory.used()).isEqualTo(first.memory() + second.memory());
  }

  @Test
  void stored_withoutRoom_isOnDiskOnlyAndGivesItsMemoryBack() {
    Content first = stored(60);
    Content second = stored(41);
    assertThat(second.body()).isNull();
    assertThat(second.length()).isEqualTo(41);
    assertThat(shelf.used()).isEqualTo(60);
    assertThat(memory.used()).isEqualTo(first.memory() + Content.OVERHEAD);
  }

  @Test
  void forget_ofWhatIsAtHand_makesRoom() {
    Content first = stored(60);
    shelf.forget(first);
    assertThat(shelf.used()).isZero();
    assertThat(stored(100).body()).hasSize(100);
  }

  @Test
  void forget_ofWhatIsOnDiskOnly_makesNone() {
    stored(60);
    shelf.forget(stored(50));
    assertThat(shelf.used()).isEqualTo(60);
  }

  @Test
  void stored_onceItIsForgotten_takesNoRoom() {
    Content gone = content(50);
    shelf.forget(gone);
    long before = memory.used();
    shelf.stored(gone);
    assertThat(shelf.used()).isZero();
    assertThat(memory.used()).isEqualTo(before);
  }

  @Test
  void copy_ofWhatIsAtHand_isOnDiskOnly() {
    assertThat(content(10).withHeaders("h", 3).body()).hasSize(10);
    assertThat(stored(10).withHeaders("h", 3).body()).isNull();
  }
}
