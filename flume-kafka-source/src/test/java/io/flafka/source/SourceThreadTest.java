// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a source's own thread: what a stop interrupts, and how often one call polls after a failure. */
@Timeout(30)
class SourceThreadTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    /** Blocks in the first batch until the test releases it, like a slow disk. */
    private static final class SlowChannels extends ChannelProcessor {

        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final List<String> bodies = new ArrayList<>();
        private boolean wasInterrupted;

        SlowChannels() {
            super(noChannels());
        }

        @Override
        public void processEventBatch(List<Event> events) {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException interrupt) {
                wasInterrupted = true;
            }
            events.forEach(event -> bodies.add(new String(event.getBody(), UTF_8)));
        }

        private static ReplicatingChannelSelector noChannels() {
            ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
            selector.setChannels(List.of());
            return selector;
        }
    }

    private final MockConsumer<byte[], byte[]> group = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final SlowChannels channels = new SlowChannels();
    private final SourceComponent source = new SourceComponent(new KafkaClients() {
        @Override
        public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
            return group;
        }
    });

    @BeforeEach
    void start() {
        source.setName("r-work");
        source.setChannelProcessor(channels);
        source.configure(new Context(
                Map.of("kafka.bootstrap.servers", "b:9092", "kafka.topics", "t", "kafka.consumer.group.id", "g")));
        source.start();
    }

    @AfterEach
    void stop() {
        source.stop();
    }

    @Test
    void aStopDoesNotInterruptAChannelThatIsWriting() throws Exception {
        fetch("a");
        FutureTask<Boolean> process = new FutureTask<>(() -> {
            source.process();
            return Thread.currentThread().isInterrupted();
        });
        Thread flume = new Thread(process, "flume");

        flume.start();
        channels.started.await();
        flume.interrupt();
        flume.join(500);
        channels.release.countDown();

        assertThat(process.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(channels.wasInterrupted).isFalse();
        assertThat(channels.bodies).containsExactly("a");
    }

    @Test
    void aStopEndsAPollAtOnce() throws Exception {
        CountDownLatch polling = new CountDownLatch(1);
        group.schedulePollTask(() -> {
            polling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopping) {
                throw new InterruptException(stopping);
            }
        });
        FutureTask<Status> process = new FutureTask<>(source::process);
        Thread flume = new Thread(process, "flume");

        flume.start();
        polling.await();
        flume.interrupt();

        assertThat(process.get(10, TimeUnit.SECONDS)).isEqualTo(Status.BACKOFF);
    }

    /** Kafka's client reports a rejected login at the next poll, however long ago it was rejected. */
    @Test
    void pollsOnceMoreAfterAFailureThatMayBeStale() {
        channels.release.countDown();
        rejectLogin();
        assertThat(source.process()).isEqualTo(Status.BACKOFF);

        rejectLogin();
        fetch("a");
        source.process();

        assertThat(channels.bodies).containsExactly("a");
        rejectLogin();
        assertThat(source.process()).isEqualTo(Status.BACKOFF);
        rejectLogin();
        rejectLogin();
        assertThat(source.process()).isEqualTo(Status.BACKOFF);
    }

    private void rejectLogin() {
        group.schedulePollTask(() -> group.setPollException(new SaslAuthenticationException("no such user")));
    }

    private void fetch(String body) {
        group.schedulePollTask(() -> {
            group.updateBeginningOffsets(Map.of(PARTITION, 0L));
            group.updateEndOffsets(Map.of(PARTITION, 0L));
            group.rebalance(List.of(PARTITION));
            group.addRecord(new ConsumerRecord<>("t", 0, 0, null, body.getBytes(UTF_8)));
        });
    }
}
