package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawArgumentsTest {
  @Test
  void lastWords_commandLine_givesItsLastWords() {
    assertThat(RawArguments.lastWords("java\0-jar\0b.jar\0echo\0包\0\0", "echo", "\uFFFD", ""))
        .containsExactly("echo", "包", "");
  }

  @Test
  void lastWords_noCommandLine_givesWhatThereIs() {
    assertThat(RawArguments.lastWords("", "\uFFFD")).containsExactly("\uFFFD");
  }

  @Test
  void restored_nothingReplaced_isAsItWas() {
    String[] args = {"echo", "包"};
    assertThat(RawArguments.restored(args)).isSameAs(args);
  }
}
