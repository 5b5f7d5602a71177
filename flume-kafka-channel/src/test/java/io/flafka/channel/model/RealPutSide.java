// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.put.PutSettings;
import io.flafka.channel.put.PutTransaction;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.RawEventCodec;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.transaction.TransactionalIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.Future;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Real put transactions, which write to a log through producers that fail as planned. A test seeds a fault by overriding {@link #put}. */
class RealPutSide {

    /** How one put ends. */
    enum Outcome {
        COMMITTED,
        /** Kafka refuses the second record. */
        REFUSED,
        /** Kafka has committed, but its answer is lost. */
        UNANSWERED,
        /** The commit does not arrive. */
        LOST
    }

    private static final BadRecordPolicy NO_BAD_RECORDS = record -> {
        throw new IllegalStateException("bad: " + record);
    };

    /** A producer whose transactions end as planned. */
    private final class PlannedProducer extends MockProducer<String, byte[]> {

        private final List<String> open = new ArrayList<>();

        PlannedProducer() {
            super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            if (open.size() == 1 && Outcome.REFUSED == plan.peek()) {
                throw new NotEnoughReplicasException("too few replicas");
            }
            open.add(new String(record.value(), UTF_8));
            return super.send(record, callback);
        }

        @Override
        public void abortTransaction() {
            plan.remove();
            open.clear();
            super.abortTransaction();
        }

        @Override
        public void commitTransaction() {
            Outcome outcome = plan.isEmpty() ? Outcome.COMMITTED : plan.remove();
            if (outcome != Outcome.LOST) {
                visible.addAll(open);
            }
            if (outcome != Outcome.COMMITTED) {
                throw new TimeoutException("no answer");
            }
            open.clear();
            super.commitTransaction();
        }
    }

    /** The bodies of the records that a reader of committed records sees. */
    final List<String> visible = new ArrayList<>();

    private final Queue<Outcome> plan;
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final BatchPublisher publisher = new PublisherFactory(
                    new KafkaClients() {
                        @Override
                        public Producer<String, byte[]> producer(ClientSettings settings) {
                            return new PlannedProducer();
                        }
                    },
                    TransactionalIds.Kind.CHANNEL,
                    metrics.transactions())
            .forSeveralBatches(
                    "c1", new ClientSettings(Map.of("bootstrap.servers", "broker:9092", "transactional.id", "id")));

    /** Creates a put side whose first puts end as planned, and all later ones in a commit. */
    RealPutSide(List<Outcome> plan) {
        this.plan = new ArrayDeque<>(plan);
    }

    /** Puts a batch as a source does. Returns whether the source regards it as put. */
    boolean put(List<String> bodies) {
        PutTransaction transaction = new PutTransaction(
                "c1",
                new PutSettings(
                        "t",
                        new PartitionRoute(Optional.empty(), OptionalInt.empty()),
                        new RawEventCodec(),
                        HeaderSelection.none(),
                        10),
                new RefusedRecordHandler(NO_BAD_RECORDS, UTF_8),
                publisher::begin,
                metrics);
        bodies.forEach(body -> transaction.put(EventBuilder.withBody(body, UTF_8)));
        try {
            transaction.commit();
            return true;
        } catch (ChannelFailedException failed) {
            transaction.rollback();
            return false;
        }
    }
}
