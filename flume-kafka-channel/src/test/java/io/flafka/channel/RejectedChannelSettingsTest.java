// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

/** Tests which settings a channel rejects, and the error messages. */
class RejectedChannelSettingsTest {

    private static final Map<String, String> REQUIRED = Map.of("kafka.bootstrap.servers", "a:1");

    @Test
    void rejectsARevocationGraceLongerThanTheMaxPollInterval() {
        assertRejected(with("kafka.revocationGraceMillis", "300000"), """
                Kafka channel c1: 1 problem in its configuration
                 - kafka.revocationGraceMillis = '300000' must be less than kafka.consumer.max.poll.interval.ms, which is 300000""");
    }

    @Test
    void rejectsSettingsThatKafkaTransactionsDoNotAllow() {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put("kafka.producer.transactional.id", "puts");
        parameters.put("kafka.producer.acks", "1");
        parameters.put("kafka.producer.max.in.flight.requests.per.connection", "6");

        assertRejected(parameters, """
                Kafka channel c1: 2 problems in its configuration
                 - kafka.producer.transactional.id needs kafka.producer.acks = all
                 - kafka.producer.transactional.id needs kafka.producer.max.in.flight.requests.per.connection of 5 or less""");
    }

    @Test
    void reportsAllProblemsTogetherWithoutSecrets() {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put("kafka.topic", "a b");
        parameters.put("parseAsFlumeEvent", "no");
        parameters.put("kafka.pollTimeout", "500");
        parameters.put("pollTimeout", "100");
        parameters.put("kafka.client.enable.auto.commit", "true");
        parameters.put("kafka.client.ssl.key.password", "hunter2");
        parameters.put("kafka.clients.security.protocol", "SSL");

        assertRejected(parameters, """
                Kafka channel c1: 4 problems in its configuration
                 - kafka.topic = 'a b' must be a topic name (up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-')
                 - parseAsFlumeEvent = 'no' must be true or false
                 - kafka.pollTimeout = '500' and pollTimeout = '100' disagree: keep one of them, as kafka.pollTimeout
                 - kafka.client.enable.auto.commit = 'true' must be false: this plugin commits offsets itself, once events are safe
                Possible cause, otherwise harmless:
                 - kafka.clients.security.protocol is not known and has no effect; did you mean kafka.client.security.protocol?""");
    }

    @Test
    void rejectsAHeaderCharsetThatCannotEncode() {
        assertRejected(with("headers.charset", "ISO-2022-CN"), """
                Kafka channel c1: 1 problem in its configuration
                 - headers.charset = 'ISO-2022-CN' must be a character set that can be written; this one can only be read""");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put(name, value);
        return parameters;
    }

    private static void assertRejected(Map<String, String> parameters, String message) {
        assertThatThrownBy(() -> ChannelSettings.from("c1", parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
