// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Which records are sent alone, and how threads wait for each other. */
class SoloSendsTest {

    private final SoloSends soloSends = new SoloSends();

    @Test
    void theFirstRecordToATopicOrANamedPartitionIsSentAlone() {
        assertThat(soloSends.isNeededFor(record("t"))).isTrue();

        soloSends.onAcknowledged(record("t", 2));

        assertThat(soloSends.isNeededFor(record("t"))).isFalse();
        assertThat(soloSends.isNeededFor(record("t", 2))).isFalse();
        assertThat(soloSends.isNeededFor(record("t", 3))).isTrue();
        assertThat(soloSends.isNeededFor(record("u"))).isTrue();
    }

    @Test
    void anAcknowledgementFromTheTopicDoesNotConfirmANamedPartition() {
        soloSends.onAcknowledged(record("t"));

        assertThat(soloSends.isNeededFor(record("t"))).isFalse();
        assertThat(soloSends.isNeededFor(record("t", 0))).isTrue();
    }

    @Test
    void anUnansweredRecordIsSentAloneUntilItIsAcknowledged() {
        soloSends.onAcknowledged(record("t"));
        soloSends.onUnanswered(List.of(record("t")));
        assertThat(soloSends.isNeededFor(record("t"))).isTrue();

        soloSends.onAcknowledged(record("t"));

        assertThat(soloSends.isNeededFor(record("t"))).isFalse();
    }

    @Test
    void oneThreadAtATimeSendsAlone() throws Exception {
        assertThat(soloSends.tryBegin()).isTrue();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(this::beginAndEnd);

        soloSends.end();

        assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aThreadDoesNotWaitLongForAnotherOne() throws Exception {
        assertThat(soloSends.tryBegin()).isTrue();

        assertThat(CompletableFuture.supplyAsync(this::beginAndEnd).get(30, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void anInterruptedThreadDoesNotWaitAndKeepsItsInterruptFlag() throws Exception {
        assertThat(soloSends.tryBegin()).isTrue();

        boolean interrupted = CompletableFuture.supplyAsync(() -> {
                    Thread.currentThread().interrupt();
                    assertThat(beginAndEnd()).isFalse();
                    return Thread.interrupted();
                })
                .get(30, TimeUnit.SECONDS);

        assertThat(interrupted).isTrue();
    }

    private boolean beginAndEnd() {
        boolean begun = soloSends.tryBegin();
        if (begun) {
            soloSends.end();
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
