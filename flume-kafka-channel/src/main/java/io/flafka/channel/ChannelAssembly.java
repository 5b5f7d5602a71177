// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.RefusedRecords;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.put.PutTransaction;
import io.flafka.channel.read.ChannelReaders;
import io.flafka.channel.read.ReaderClient;
import io.flafka.channel.read.ReaderThread;
import io.flafka.channel.take.CommitTimeoutReport;
import io.flafka.channel.take.CommitWait;
import io.flafka.channel.take.RecordToChannelEvent;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.channel.take.ThreadDeserializers;
import io.flafka.client.ClientSettings;
import io.flafka.client.ConsumerFactory;
import io.flafka.client.ProducerFactory;
import io.flafka.consume.IdleConsumerReport;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.event.PartitionRoute;
import io.flafka.lifecycle.StartedResources;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.transaction.TransactionalIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Puts the parts of a channel's run together.
 *
 * <p>All clients are made at once, so that what they refuse shows at the start of the agent; none connects before it is used.
 *
 * @param consumers makes those that take
 * @param producers makes those that put
 */
record ChannelAssembly(ConsumerFactory consumers, ProducerFactory producers) {

    /** The longest that the end of a take transaction waits until Kafka has its offsets. */
    private static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(30);

    /** How often offsets are committed that no transaction waits for, if each waits for its own. */
    private static final Duration INTERVAL_OF_LEFT_OVERS = Duration.ofSeconds(1);

    /**
     * A run that has not begun to read. If that fails, nothing of it is left.
     *
     * @throws org.apache.flume.FlumeException if a client refuses its settings
     */
    ChannelRun newRun(String channel, ChannelSettings settings, ChannelMetrics metrics) {
        TakeBuffer buffer = new TakeBuffer(settings.ordering(), settings.readAhead());
        try (StartedResources parts = new StartedResources()) {
            BadRecordPolicy badRecords =
                    parts.add(settings.errors().start(metrics::incrementBadRecordCount), BadRecordPolicy::close);
            BatchPublisher publisher = parts.add(
                    new PublisherFactory(producers, TransactionalIds.Kind.CHANNEL)
                            .forSeveralBatches(channel, settings.producer()),
                    BatchPublisher::close);
            ThreadDeserializers deserializers =
                    parts.add(new ThreadDeserializers(settings.consumers().get(0)), ThreadDeserializers::close);
            List<ReaderThread> readers = new ArrayList<>();
            for (ClientSettings client : settings.consumers()) {
                String thread = "flafka-channel-" + channel + "-" + readers.size();
                readers.add(parts.add(
                        new ReaderThread(
                                readerRules(channel, settings),
                                thread,
                                readerClient(channel, settings, client),
                                watch(channel, settings),
                                buffer,
                                metrics),
                        ReaderThread::stop));
            }
            ChannelRun run = new ChannelRun(
                    metrics,
                    putRules(channel, settings, badRecords),
                    publisher,
                    takeRules(channel, settings, deserializers, badRecords, metrics),
                    buffer,
                    new ChannelReaders(channel, readers),
                    badRecords);
            // They are the run's now.
            parts.keep();
            return run;
        }
    }

    private static PutTransaction.Rules putRules(String channel, ChannelSettings settings, BadRecordPolicy badRecords) {
        return new PutTransaction.Rules(
                channel,
                settings.topic(),
                new PartitionRoute(settings.partitionHeader(), settings.defaultPartition()),
                settings.codec(),
                settings.headers(),
                new RefusedRecords(badRecords, settings.producer().keyCharset()),
                settings.transactionCapacity());
    }

    private static TakeTransaction.Rules takeRules(
            String channel,
            ChannelSettings settings,
            ThreadDeserializers deserializers,
            BadRecordPolicy badRecords,
            ChannelMetrics metrics) {
        return new TakeTransaction.Rules(
                channel,
                new RecordToChannelEvent(deserializers, settings.codec(), settings.headers(), settings.place()),
                badRecords,
                settings.pollTimeout(),
                settings.commitInterval().isZero()
                        ? new CommitWait.EachTransaction(
                                CONFIRMATION_TIMEOUT, new CommitTimeoutReport(channel, metrics))
                        : new CommitWait.AtIntervals());
    }

    private ReaderClient.Maker readerClient(String channel, ChannelSettings settings, ClientSettings client) {
        return new ReaderClient.Maker() {
            @Override
            public Consumer<byte[], byte[]> consumer() {
                return consumers.create(client);
            }

            @Override
            public ReadPositions positions(Consumer<byte[], byte[]> consumer) {
                return ChannelAssembly.positions("KafkaChannel " + channel, settings, client, consumer);
            }

            @Override
            public String groupProtocol() {
                return client.groupProtocol();
            }
        };
    }

    private static ReaderThread.Rules readerRules(String channel, ChannelSettings settings) {
        Duration interval = settings.commitInterval();
        return new ReaderThread.Rules(
                channel,
                settings.topic(),
                interval.isZero() ? INTERVAL_OF_LEFT_OVERS : interval,
                settings.revocationGrace());
    }

    private static ReadPositions positions(
            String component, ChannelSettings settings, ClientSettings client, Consumer<byte[], byte[]> consumer) {
        return new ReadPositions(
                component, client, consumer, settings.zookeeper().startingOffsets(component, client, consumer));
    }

    private static IdleConsumerReport watch(String channel, ChannelSettings settings) {
        return new IdleConsumerReport(
                "KafkaChannel " + channel,
                settings.producer().brokers(),
                "topic " + settings.topic(),
                names -> names.contains(settings.topic()),
                System::nanoTime);
    }
}
