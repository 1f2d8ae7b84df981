package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BAOZI_SERVER_BYTE_ORDER",
        "BAOZI_SERVER_BYTEORDER",
        "baozi_server_byteOrder",
      })
  void find_anySpellingOfTheServers_isFound(String name) {
    assertThat(new Variables(Map.of(name, "little")).find("SERVER", "BYTE", "ORDER"))
        .contains(new Variables.Variable(name, "little"));
  }

  @Test
  void find_anotherSetting_isNotFound() {
    var variables = new Variables(Map.of("BAOZI_UDP_PORT", "1", "BAOZI_SERVER_PORT_2", "2"));
    assertThat(variables.find("SERVER", "PORT")).isEmpty();
  }
}
