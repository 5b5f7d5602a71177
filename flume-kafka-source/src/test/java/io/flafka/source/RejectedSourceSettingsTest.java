// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

/** Settings with which a source does not start: the message has every error and no secret. */
class RejectedSourceSettingsTest {

    private static final Map<String, String> REQUIRED = Map.of("kafka.bootstrap.servers", "a:1", "kafka.topics", "t");

    @Test
    void rejectsADeadLetterTopicThatItReads() {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "t");

        assertRejected(parameters, """
                Kafka source r1: 1 problem in its configuration
                 - errors.deadletterqueue.topic.name = 't' must be a topic that this component does not use otherwise""");
    }

    @Test
    void rejectsASourceWithoutBrokersAndTopics() {
        assertRejected(Map.of(), """
                Kafka source r1: 2 problems in its configuration
                 - kafka.bootstrap.servers is missing: write the brokers as host:port, or several separated by commas
                 - kafka.topics is missing: write topic names separated by commas (each up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-'), or kafka.topics.regex""");
    }

    @Test
    void rejectsATextInsteadOfANumber() {
        assertRejected(with("batchSize", "many"), """
                Kafka source r1: 1 problem in its configuration
                 - batchSize = 'many' must be an integer from 1 to 2147483647""");
    }

    @Test
    void rejectsACurrentAndAFormerNameWithDifferentValues() {
        assertRejected(with("topic", "other"), """
                Kafka source r1: 1 problem in its configuration
                 - kafka.topics = 't' and topic = 'other' disagree: keep one of them, as kafka.topics""");
    }

    @Test
    void namesAMisspelledPropertyNextToTheErrorItMayHaveCaused() {
        assertRejected(Map.of("kafka.bootstrap.server", "a:1", "kafka.topics", "t"), """
                Kafka source r1: 1 problem in its configuration
                 - kafka.bootstrap.servers is missing: write the brokers as host:port, or several separated by commas
                Possible cause, otherwise harmless:
                 - kafka.bootstrap.server is not known and has no effect; did you mean kafka.bootstrap.servers?""");
    }

    @Test
    void reportsAllErrorsAtOnceAndNoSecret() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("kafka.bootstrap.servers", "localhost");
        parameters.put("kafka.topics.regex", "a(");
        parameters.put("setTopicHeader", "yes");
        parameters.put("kafka.consumer.enable.auto.commit", "true");
        parameters.put("kafka.consumer.ssl.key.passwort", "hunter2");
        parameters.put("kafka.consumer.ssl.key.password", "hunter2");

        assertRejected(parameters, """
                Kafka source r1: 4 problems in its configuration
                 - kafka.bootstrap.servers = 'localhost' must be host:port, or several separated by commas
                 - kafka.topics.regex = 'a(' must be a Java regular expression
                 - setTopicHeader = 'yes' must be true or false
                 - kafka.consumer.enable.auto.commit = 'true' must be false: this plugin commits offsets itself, once events are safe
                Possible cause, otherwise harmless:
                 - kafka.consumer.ssl.key.passwort is not known to Kafka and is passed on unchanged; did you mean kafka.consumer.ssl.key.password?""");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put(name, value);
        return parameters;
    }

    private static void assertRejected(Map<String, String> parameters, String message) {
        assertThatThrownBy(() -> SourceSettings.from("r1", parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
