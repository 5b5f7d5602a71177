// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Which records are sent alone. */
class CautionTest {

    private final Caution caution = new Caution();

    @Test
    void theFirstRecordToATopicAndToAPartitionThatIsNamedGoesAlone() {
        assertThat(caution.isNeededFor(record("t"))).isTrue();

        caution.acknowledged(record("t", 2));

        assertThat(caution.isNeededFor(record("t"))).isFalse();
        assertThat(caution.isNeededFor(record("t", 2))).isFalse();
        assertThat(caution.isNeededFor(record("t", 3))).isTrue();
        assertThat(caution.isNeededFor(record("u"))).isTrue();
    }

    @Test
    void anAcknowledgementOfTheTopicSaysNothingOfAPartitionThatIsNamed() {
        caution.acknowledged(record("t"));

        assertThat(caution.isNeededFor(record("t"))).isFalse();
        assertThat(caution.isNeededFor(record("t", 0))).isTrue();
    }

    @Test
    void whatHadNoAnswerGoesAloneUntilItIsAcknowledged() {
        caution.acknowledged(record("t"));
        caution.unanswered(List.of(record("t")));
        assertThat(caution.isNeededFor(record("t"))).isTrue();

        caution.acknowledged(record("t"));

        assertThat(caution.isNeededFor(record("t"))).isFalse();
    }

    @Test
    void oneThreadAtATimeSendsSuchARecord() throws Exception {
        assertThat(caution.begin()).isTrue();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(this::beginAndEnd);

        caution.end();

        assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noThreadWaitsForOneThatWaitsForABroker() throws Exception {
        assertThat(caution.begin()).isTrue();

        assertThat(CompletableFuture.supplyAsync(this::beginAndEnd).get(30, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void anInterruptedThreadDoesNotWaitAndKeepsItsInterrupt() throws Exception {
        assertThat(caution.begin()).isTrue();

        boolean interrupted = CompletableFuture.supplyAsync(() -> {
                    Thread.currentThread().interrupt();
                    assertThat(beginAndEnd()).isFalse();
                    return Thread.interrupted();
                })
                .get(30, TimeUnit.SECONDS);

        assertThat(interrupted).isTrue();
    }

    private boolean beginAndEnd() {
        boolean begun = caution.begin();
        if (begun) {
            caution.end();
        }
        return begun;
    }

    private static ProducerRecord<String, byte[]> record(String topic) {
        return new ProducerRecord<>(topic, new byte[] {1});
    }

    private static ProducerRecord<String, byte[]> record(String topic, int partition) {
        return new ProducerRecord<>(topic, partition, "key", new byte[] {1});
    }
}
