// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.testing.torture.check.BodyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records to a topic, each exactly once, as long as Kafka answers within ten minutes. For one thread. */
public final class TopicSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSender.class);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Writes to a topic. */
    private TopicSender(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "request.timeout.ms",
                        4_000,
                        "max.block.ms",
                        600_000,
                        "delivery.timeout.ms",
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns several senders to a topic. */
    public static List<Sender> of(int count, String bootstrapServers, String topic) {
        return Stream.generate(() -> new TopicSender(bootstrapServers, topic))
                .limit(count)
                .<Sender>map(sender -> sender)
                .toList();
    }

    @Override
    public List<LoadEvent> send(List<LoadEvent> events) throws InterruptedException {
        List<Future<RecordMetadata>> answers =
                events.stream().map(event -> producer.send(record(event))).toList();
        producer.flush();
        List<LoadEvent> accepted = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            try {
                answers.get(i).get();
                accepted.add(events.get(i));
            } catch (ExecutionException refused) {
                LOG.warn("{} was not written", events.get(i), refused);
            }
        }
        return accepted;
    }

    private ProducerRecord<byte[], byte[]> record(LoadEvent event) {
        List<Header> headers = new ArrayList<>();
        event.headers().forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(UTF_8))));
        byte @Nullable [] value = event.kind() == BodyKind.TOMBSTONE ? null : event.body();
        return new ProducerRecord<>(topic, event.partition(), event.key().getBytes(UTF_8), value, headers);
    }

    @Override
    public void close() {
        producer.close();
    }
}
