// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.OrderedPerPartition;
import io.flafka.testing.TestTopic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A producer that writes a thousand numbered events per second, with keys, to a topic until it is stopped. For one
 * thread.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int AT_ONCE = 100;
    private static final int INTERVAL_MILLIS = 100;
    private static final int KEYS = 40;

    private final TestTopic topic;
    private final AtLeastOnce atLeastOnce;
    private final OrderedPerPartition order;
    private final NumberedEvents numbers = new NumberedEvents("event");
    private final KafkaProducer<String, String> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> writing;

    SteadyLoad(TestTopic topic, AtLeastOnce atLeastOnce, OrderedPerPartition order) {
        this.topic = topic;
        this.atLeastOnce = atLeastOnce;
        this.order = order;
        Map<String, Object> settings = Map.of("bootstrap.servers", topic.bootstrapServers());
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        writing = clock.scheduleAtFixedRate(this::write, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void write() {
        List<String> events = numbers.next(AT_ONCE);
        atLeastOnce.addSent(events);
        List<Future<RecordMetadata>> sent =
                events.stream().map(this::keyed).map(producer::send).toList();
        producer.flush();
        for (int i = 0; i < AT_ONCE; i++) {
            order.addSent(partition(sent.get(i)), events.subList(i, i + 1));
        }
        atLeastOnce.addAcknowledged(events);
    }

    private ProducerRecord<String, String> keyed(String event) {
        return new ProducerRecord<>(topic.name(), "key-" + Math.floorMod(event.hashCode(), KEYS), event);
    }

    private static int partition(Future<RecordMetadata> sent) {
        try {
            return sent.get().partition();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("An event was not acknowledged", e);
        }
    }

    /** Stops after all sent events are acknowledged. */
    void stop() throws InterruptedException {
        if (writing.isDone()) {
            throw new IllegalStateException("The producer failed: " + writing);
        }
        clock.shutdown();
        if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The producer does not stop");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }
}
