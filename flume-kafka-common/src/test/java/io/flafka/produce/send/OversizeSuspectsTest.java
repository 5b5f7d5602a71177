// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Which records are suspected to be too large after some were not answered in time. */
class OversizeSuspectsTest {

    private final OversizeSuspects suspects = new OversizeSuspects();

    @Test
    void suspectsNothingAtFirst() {
        assertThat(suspects.contains(record("t", 1_000_000))).isFalse();
    }

    @Test
    void suspectsTheLargestUnansweredRecordOfATopicAndAllOfThatSizeOrMore() {
        suspects.onUnanswered(List.of(record("t", 10), record("t", 100), record("u", 50)));

        assertThat(suspects.contains(record("t", 99))).isFalse();
        assertThat(suspects.contains(record("t", 100))).isTrue();
        assertThat(suspects.contains(record("t", 101))).isTrue();
        assertThat(suspects.contains(record("u", 50))).isTrue();
        assertThat(suspects.contains(record("v", 1000))).isFalse();
    }

    @Test
    void anotherFailureNeverClearsASuspect() {
        suspects.onUnanswered(List.of(record("t", 100)));
        suspects.onUnanswered(List.of(record("t", 200)));
        assertThat(suspects.contains(record("t", 100))).isTrue();

        suspects.onUnanswered(List.of(record("t", 30)));
        assertThat(suspects.contains(record("t", 30))).isTrue();
    }

    @Test
    void anAcknowledgementClearsTheTopic() {
        suspects.onUnanswered(List.of(record("t", 100), record("u", 100)));

        suspects.onAcknowledged(record("t", 120));

        assertThat(suspects.contains(record("t", 100))).isFalse();
        assertThat(suspects.contains(record("u", 100))).isTrue();
    }

    private static ProducerRecord<String, byte[]> record(String topic, int size) {
        return new ProducerRecord<>(topic, new byte[size]);
    }
}
