// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values are hidden, by the name of their property. */
class SecretNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.key.password",
                "kafka.consumer.ssl.keystore.password",
                "kafka.client.sasl.jaas.config",
                "ssl.keystore.key",
                "ssl.truststore.certificates",
                "sasl.oauthbearer.client.credentials.client.secret",
                "my.SecretThing",
                "kafka.producer.some.api.key",
                "access.token"
            })
    void hidesWhatMayBeASecret(String name) {
        assertThat(SecretNames.shown(name, "hunter2")).isEqualTo("(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.consumer.key.deserializer",
                "ssl.keystore.location",
                "sasl.oauthbearer.token.endpoint.url",
                "kafka.topics",
                "batchSize"
            })
    void showsValuesThatAreKnownNotToBeSecret(String name) {
        assertThat(SecretNames.shown(name, "value")).isEqualTo("value");
    }
}
