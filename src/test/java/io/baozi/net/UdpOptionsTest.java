package io.baozi.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UdpOptionsTest {
  @Test
  void options_hostAndPort_echo() {
    assertThat(new UdpOptions("127.0.0.1", 7654).echo()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536})
  void port_outOfRange_isRefused(int port) {
    assertThatThrownBy(() -> new UdpOptions("127.0.0.1", port))
        .hasMessage("port is " + port + ", not within 0 to 65535");
  }

  @Test
  void host_missing_isRefused() {
    assertThatThrownBy(() -> new UdpOptions(null, 0)).hasMessage("host");
    assertThatThrownBy(() -> new UdpOptions(" ", 0)).hasMessage("host is blank");
  }
}
