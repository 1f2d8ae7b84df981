package io.baozi.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "dbPassword",
        "PASSWD",
        "pwd",
        "clientSecret",
        "token",
        "authTokens",
        "apiKey",
        "private_key",
        "key",
        "credentials",
        "passphrase"
      })
  void isSecret_secret_isTrue(String key) {
    assertThat(Secrets.isSecret(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "host", "keys", "keystorePath", "compass", "passive", "url"})
  void isSecret_other_isFalse(String key) {
    assertThat(Secrets.isSecret(key)).isFalse();
  }
}
