// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sink and a channel with the same name and the same transactional id in the agent file. */
@Timeout(120)
class TransactionalIdsIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private final TestTopic topic = KAFKA.topic();

    @Test
    void neitherFencesTheOther() {
        try (BatchPublisher sink = publisher(TransactionalIds.Kind.SINK, "sink");
                BatchPublisher channel = publisher(TransactionalIds.Kind.CHANNEL, "channel")) {
            for (int round = 0; round < 3; round++) {
                publish(sink, "sink " + round);
                publish(channel, "channel " + round);
            }
        }

        assertThat(topic.readValues(6))
                .containsExactly("sink 0", "channel 0", "sink 1", "channel 1", "sink 2", "channel 2");
        assertThat(topic.transactionalIds(topic.name()))
                .containsExactly(topic.name() + "-channel.agent.kafka.0", topic.name() + "-sink.agent.kafka.0");
    }

    private BatchPublisher publisher(TransactionalIds.Kind kind, String clientId) {
        ClientSettings settings = new ClientSettings(Map.of(
                "bootstrap.servers",
                topic.bootstrapServers(),
                "client.id",
                clientId,
                "transactional.id",
                topic.name(),
                "key.serializer",
                StringSerializer.class.getName(),
                "value.serializer",
                ByteArraySerializer.class.getName()));
        return new PublisherFactory(KafkaClients.REAL, kind, new TransactionMetrics(new MetricGroup()))
                .forOneBatch("kafka", settings);
    }

    private void publish(BatchPublisher publisher, String value) {
        RecordsInFlight records = publisher.begin();
        records.send(new ProducerRecord<>(topic.name(), value.getBytes(UTF_8)));
        assertThat(records.await()).isEmpty();
    }
}
