// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.put.FirstPutPublisher;
import io.flafka.channel.put.PutFactory;
import io.flafka.channel.read.ChannelReaders;
import io.flafka.channel.read.ReaderClient;
import io.flafka.channel.read.ReaderThread;
import io.flafka.channel.take.CommitTimeoutReport;
import io.flafka.channel.take.CommitWait;
import io.flafka.channel.take.ReadAheadGauge;
import io.flafka.channel.take.RecordToChannelEvent;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeSettings;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.channel.take.ThreadDeserializers;
import io.flafka.client.ClientMetrics;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.consume.IdleConsumerReport;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.failure.ClientAccess;
import io.flafka.failure.ClientAccess.TopicUse;
import io.flafka.lifecycle.StartedResources;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.transaction.TransactionalBatchPublisher;
import io.flafka.produce.transaction.TransactionalIds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Creates the parts of a channel's run and connects them.
 *
 * <p>The consumers are created at once, so that settings they reject show at the start of the agent; the producer with the first put. No client connects
 * before it is used.
 *
 * @param clients creates the clients
 * @param clock decides when a client that cannot be created is tried again
 */
record ChannelAssembly(KafkaClients clients, Clock clock) {

    /** The longest that the commit of a take transaction waits until Kafka has its offsets. */
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

    /** Returns an assembly whose clients give their metrics to the channel. */
    ChannelAssembly reportingTo(ClientMetrics metrics) {
        return new ChannelAssembly(clients.reportingTo(metrics), clock);
    }

    /**
     * Creates a run whose readers have not started. If this fails, everything created so far is closed.
     *
     * @param exactlyOnce which components deliver exactly once
     * @throws org.apache.flume.FlumeException if a client rejects its settings
     */
    ChannelRun newRun(String channel, ChannelSettings settings, ExactlyOnceUse exactlyOnce, ChannelMetrics metrics) {
        try (StartedResources parts = new StartedResources()) {
            BadRecordPolicy badRecords = parts.add(badRecords(settings, exactlyOnce, metrics), BadRecordPolicy::close);
            PutFactory puts = parts.add(puts(channel, settings, exactlyOnce, badRecords, metrics), PutFactory::close);
            ThreadDeserializers deserializers = parts.add(
                    new ThreadDeserializers(settings.clients().consumers().get(0)), ThreadDeserializers::close);
            TakeBuffer buffer =
                    new TakeBuffer(settings.takes().ordering(), settings.takes().readAhead(), exactlyOnce.commits());
            List<ReaderThread> readers = new ArrayList<>();
            for (ClientSettings client : settings.clients().consumers()) {
                String thread = "flafka-channel-" + channel + "-" + readers.size();
                ReaderThread reader = new ReaderThread(
                        channel,
                        settings.reads(),
                        thread,
                        readerClient(channel, settings, client),
                        idleReport(channel, settings, client),
                        buffer,
                        metrics);
                readers.add(parts.add(reader, ReaderThread::stop));
            }
            ChannelRun run = new ChannelRun(
                    puts,
                    takes(channel, settings.takes(), deserializers, badRecords, buffer, metrics),
                    new ChannelReaders(channel, readers),
                    new ReadAheadGauge(buffer),
                    badRecords,
                    deserializers);
            // The run closes them from here on.
            parts.handOver();
            return run;
        }
    }

    /** With a source that delivers exactly once, all puts are Kafka transactions, and have their dead letters in them. */
    private BadRecordPolicy badRecords(ChannelSettings settings, ExactlyOnceUse exactlyOnce, ChannelMetrics metrics) {
        return exactlyOnce.sources().isEmpty()
                ? settings.errors().start(metrics.badRecords(), clients)
                : settings.errors()
                        .startInTransactions(
                                metrics.badRecords(),
                                clients,
                                settings.clients().producer().keyCharset());
    }

    private PutFactory puts(
            String channel,
            ChannelSettings settings,
            ExactlyOnceUse exactlyOnce,
            BadRecordPolicy badRecords,
            ChannelMetrics metrics) {
        ClientSettings producer = settings.clients().producer();
        PublisherFactory ofSources =
                new PublisherFactory(clients, TransactionalIds.Kind.SOURCE, metrics.transactions());
        Map<String, TransactionalBatchPublisher> publishers = new HashMap<>();
        for (String source : exactlyOnce.sources()) {
            publishers.put(source, ofSources.forExactlyOnce(source, producer.named(source), 1));
        }
        return new PutFactory(
                channel,
                settings.puts(),
                new RefusedRecordHandler(badRecords, producer.keyCharset()),
                new FirstPutPublisher(
                        channel,
                        () -> new PublisherFactory(clients, TransactionalIds.Kind.CHANNEL, metrics.transactions())
                                .forSeveralBatches(channel, producer),
                        clock),
                publishers,
                metrics);
    }

    private static Supplier<TakeTransaction> takes(
            String channel,
            TakeSettings settings,
            ThreadDeserializers deserializers,
            BadRecordPolicy badRecords,
            TakeBuffer buffer,
            ChannelMetrics metrics) {
        CommitWait commitWait = settings.waitsForCommit()
                ? new CommitWait.EachTransaction(COMMIT_TIMEOUT, new CommitTimeoutReport(channel, metrics))
                : new CommitWait.AtIntervals();
        return () -> new TakeTransaction(
                channel,
                settings.pollTimeout(),
                new RecordToChannelEvent(
                        deserializers.get(), settings.codec(), settings.headers(), settings.locationHeaders()),
                badRecords,
                commitWait,
                buffer,
                metrics);
    }

    private ReaderClient.Factory readerClient(String channel, ChannelSettings settings, ClientSettings client) {
        return new ReaderClient.Factory() {
            @Override
            public Consumer<byte[], byte[]> consumer() {
                return clients.consumer(client);
            }

            @Override
            public ReadPositions positions(Consumer<byte[], byte[]> consumer) {
                String component = "KafkaChannel " + channel;
                return new ReadPositions(
                        component,
                        client,
                        consumer,
                        settings.clients().zookeeper().startingOffsets(component, client, consumer),
                        settings.reads().range(),
                        clients::admin);
            }

            @Override
            public String groupProtocol() {
                return client.groupProtocol();
            }

            @Override
            public ClientAccess access() {
                return client.access(TopicUse.READS);
            }
        };
    }

    private static IdleConsumerReport idleReport(String channel, ChannelSettings settings, ClientSettings client) {
        return new IdleConsumerReport(
                "KafkaChannel " + channel,
                client.access(TopicUse.READS),
                "topic " + settings.topic(),
                names -> names.contains(settings.topic()),
                System::nanoTime);
    }
}
