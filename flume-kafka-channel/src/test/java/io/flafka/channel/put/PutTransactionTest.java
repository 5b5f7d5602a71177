// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.put;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.channel.ChannelSettings;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.RawEventCodec;
import io.flafka.produce.PipelinedPublisher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what a put transaction counts, and what it sends if an event is rejected. */
class PutTransactionTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of("bootstrap.servers", "broker:9092"));

    /** A mock producer that rejects records with the value {@code large}. */
    private static final class RejectingProducer extends MockProducer<String, byte[]> {

        RejectingProducer() {
            super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            if (new String(record.value(), UTF_8).equals("large")) {
                throw new RecordTooLargeException("larger than allowed");
            }
            return super.send(record, callback);
        }
    }

    private final RejectingProducer producer = new RejectingProducer();
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final BadRecordPolicy badRecords = ChannelSettings.from(
                    "c1", Map.of("kafka.bootstrap.servers", "broker:9092"))
            .errors()
            .start(metrics.badRecords(), KafkaClients.REAL);
    private final PutTransaction transaction = new PutTransaction(
            "c1",
            new PutSettings(
                    "t",
                    new PartitionRoute(Optional.empty(), OptionalInt.empty()),
                    new RawEventCodec(),
                    HeaderSelection.none(),
                    10),
            new RefusedRecordHandler(badRecords, UTF_8),
            PipelinedPublisher.ofSeveralBatches(() -> producer, SETTINGS, KafkaClients.REAL::admin)::begin,
            metrics);

    @AfterEach
    void close() {
        badRecords.close();
    }

    @Test
    void aCommitCountsItsEvents() {
        put("a", "b");

        transaction.commit();

        assertThat(sent()).containsExactly("a", "b");
        assertThat(metrics.getEventPutAttemptCount()).isEqualTo(2);
        assertThat(metrics.getEventPutSuccessCount()).isEqualTo(2);
        assertThat(metrics.group().number("EventPutFailCount")).isZero();
    }

    @Test
    void aRollbackCountsOnlyAttempts() {
        put("a", "b");

        transaction.rollback();

        assertThat(sent()).isEmpty();
        assertThat(metrics.getEventPutAttemptCount()).isEqualTo(2);
        assertThat(metrics.getEventPutSuccessCount()).isZero();
    }

    @Test
    void sendsNothingAfterARejectedEvent() {
        put("a", "large", "b");

        assertThatThrownBy(transaction::commit)
                .isInstanceOf(ChannelFailedException.class)
                .hasMessageStartingWith("KafkaChannel c1: cannot put event 2 of 3, ");
        transaction.rollback();

        assertThat(sent()).containsExactly("a");
        assertThat(metrics.getEventPutAttemptCount()).isEqualTo(3);
        assertThat(metrics.getEventPutSuccessCount()).isZero();
        assertThat(metrics.group().number("EventPutFailCount")).isEqualTo(1);
    }

    private void put(String... bodies) {
        for (String body : bodies) {
            transaction.put(EventBuilder.withBody(body, UTF_8));
        }
    }

    private List<String> sent() {
        return producer.history().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
