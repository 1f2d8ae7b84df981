package io.baozi.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Run by {@code make fuzz}; as a plain test it goes through its seeds and what was once found. */
class HeaderFuzzTest {
  @FuzzTest
  void header_ofAnyBytes_isReadAsJacksonReadsItAndSurvivesWriting(byte[] utf8) {
    HeaderInvariants.check(utf8);
  }
}
