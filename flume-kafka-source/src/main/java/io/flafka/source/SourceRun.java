// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.ConnectionWatch;
import io.flafka.consume.OffsetCommitter;
import io.flafka.consume.OffsetLedger;
import io.flafka.event.MalformedEventException;
import io.flafka.metrics.SourceMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a source, from start to stop: read a batch, hand it to the channels, commit its offsets.
 *
 * <p>For one thread at a time. Guarantee: at least once. An offset is committed only after every channel has the event; what the channels refuse is
 * tried again, and nothing behind it overtakes it.
 */
final class SourceRun {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String source;
    private final Consumer<String, byte[]> consumer;
    private final BatchCollector collector;
    private final RecordToEvent mapping;
    private final OffsetLedger ledger = new OffsetLedger();
    private final OffsetCommitter committer;
    private final ConnectionWatch watch;
    private final SourceMetrics metrics;
    private final StallReport stall;

    SourceRun(
            String source,
            SourceSettings settings,
            Consumer<String, byte[]> consumer,
            ConnectionWatch watch,
            SourceMetrics metrics) {
        this.source = source;
        this.consumer = consumer;
        this.watch = watch;
        this.metrics = metrics;
        this.collector = new BatchCollector(consumer, settings.batchSize(), settings.batchDuration());
        this.mapping = new RecordToEvent(settings.codec(), settings.topicHeader(), settings.headers());
        this.committer = new OffsetCommitter(consumer, COMMIT_TIMEOUT);
        this.stall = new StallReport(source);
        settings.topics().subscribe(consumer, new PartitionHandover(ledger, collector, this::commit));
    }

    /** One batch. {@code BACKOFF} only if something holds the flow up: an idle topic is waited for in the poll, not in Flume's pause. */
    Status process(ChannelProcessor channels) {
        long start = System.nanoTime();
        List<ConsumerRecord<String, byte[]>> batch = collector.collect();
        watch.polled(consumer);
        if (batch.isEmpty()) {
            stall.over();
            metrics.incrementKafkaEmptyCount();
            commit(ledger.uncommitted());
            return Status.READY;
        }
        List<Event> events = new ArrayList<>(batch.size());
        try {
            for (ConsumerRecord<String, byte[]> record : batch) {
                events.add(mapping.map(record));
            }
        } catch (MalformedEventException malformed) {
            metrics.incrementEventReadFail();
            if (events.isEmpty()) {
                stall.malformed(batch.get(0), malformed);
                return Status.BACKOFF;
            }
            // What lies before the bad record goes first; the next call stops at it.
        }
        metrics.addToKafkaEventGetTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        return handOver(channels, events, batch);
    }

    private Status handOver(ChannelProcessor channels, List<Event> events, List<ConsumerRecord<String, byte[]>> batch) {
        metrics.addToEventReceivedCount(events.size());
        // An interceptor may change the list, so its size is read first.
        int count = events.size();
        try {
            channels.processEventBatch(events);
        } catch (ChannelException refused) {
            metrics.incrementChannelWriteFail();
            stall.refused(refused);
            return Status.BACKOFF;
        }
        stall.over();
        metrics.addToEventAcceptedCount(count);
        collector.handedOver(count);
        for (ConsumerRecord<String, byte[]> record : batch.subList(0, count)) {
            ledger.handedOver(new TopicPartition(record.topic(), record.partition()), record.offset());
        }
        commit(ledger.uncommitted());
        return Status.READY;
    }

    /** What Kafka refuses here passes or must be mended by a person: it is tried again either way. */
    Status troubled(KafkaException trouble) {
        metrics.incrementGenericProcessingFail();
        stall.troubled(trouble);
        return Status.BACKOFF;
    }

    /** A commit that fails leaves its offsets in the ledger: the events are delivered, and the next commit makes up for it. */
    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        try {
            committer.commit(offsets);
            ledger.committed(offsets);
            metrics.addToKafkaCommitTimer(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (KafkaException failed) {
            metrics.incrementOffsetCommitFailCount();
            LOG.warn(
                    "KafkaSource {}: Kafka did not accept the offsets {} ({}); the next commit tries again, a restart before that reads"
                            + " these events once more",
                    source,
                    readable(offsets),
                    failed.toString());
        }
    }

    private static String readable(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().offset())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Ends the run within a bound: whatever was handed over is committed, and the group knows that this member is gone. */
    void close() {
        try {
            Map<TopicPartition, OffsetAndMetadata> owed = ledger.uncommitted();
            commit(owed);
            // If that failed, the handover at the consumer's end would only wait for Kafka once more.
            ledger.drop(owed.keySet());
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    /** Ends a poll that is under way on another thread. */
    void wakeUp() {
        consumer.wakeup();
    }
}
