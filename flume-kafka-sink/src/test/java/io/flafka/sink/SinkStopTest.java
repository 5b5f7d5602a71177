// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LiveThreads;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Sink.Status;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flume stops a sink with an interrupt, which must not reach the channel. The sink commits what it has sent and takes nothing more. */
@Timeout(30)
class SinkStopTest {

    /** Blocks in one take, as on a slow disk, and records whether the take was interrupted. */
    private static final class SlowChannel extends FaultyChannel {

        final CountDownLatch blocked = new CountDownLatch(1);
        final CountDownLatch unblock = new CountDownLatch(1);
        volatile int blockingTake;
        volatile boolean wasInterrupted;
        final AtomicInteger takes = new AtomicInteger();

        @Override
        public @Nullable Event take() {
            if (takes.incrementAndGet() == blockingTake) {
                blocked.countDown();
                try {
                    unblock.await();
                } catch (InterruptedException interrupt) {
                    wasInterrupted = true;
                    return null;
                }
            }
            return super.take();
        }
    }

    /** Answers when the test says so, and tells whether the waiting thread was interrupted. */
    private static final class SlowLetters extends MockProducer<byte[], byte[]> {

        final CountDownLatch interrupted = new CountDownLatch(1);
        final CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();

        SlowLetters() {
            super(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> letter) {
            return new CompletableFuture<>() {
                @Override
                public RecordMetadata get(long timeout, TimeUnit unit)
                        throws InterruptedException, ExecutionException, TimeoutException {
                    try {
                        return answer.get(timeout, unit);
                    } catch (InterruptedException stopping) {
                        interrupted.countDown();
                        throw stopping;
                    }
                }
            };
        }
    }

    private final SlowChannel channel = new SlowChannel();
    private final RefusingProducer producer = new RefusingProducer();
    private final SlowLetters letters = new SlowLetters();
    private final SinkComponent sink = new SinkComponent(new KafkaClients() {
        @Override
        public Producer<String, byte[]> producer(ClientSettings settings) {
            return producer;
        }

        @Override
        public Producer<byte[], byte[]> bytesProducer(ClientSettings settings) {
            return letters;
        }

        @Override
        public Admin admin(ClientSettings settings) {
            return findingAdmin();
        }
    });
    private final FutureTask<Status> process = new FutureTask<>(() -> {
        Status status = sink.process();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        return status;
    });
    private final Thread flume = new Thread(process, "flume");

    @BeforeEach
    void configure() {
        sink.setName("k-stop");
        sink.setChannel(channel);
    }

    @AfterEach
    void assertNothingIsLeftOpen() throws InterruptedException {
        channel.unblock.countDown();
        flume.join();
        sink.stop();
        channel.stop();
        assertThat(channel.closed).hasValue(channel.opened.get());
        assertThat(channel.interruptedAtEnd).doesNotContain(true);
        LiveThreads.assertNoneNamed("flafka-sink-k-stop");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void commitsSentEventsAndTakesNoMore(int batchesInFlight) throws Exception {
        start(batchesInFlight);
        channel.add("a", "b", "c", "d", "e");
        channel.blockingTake = 3;

        flume.start();
        channel.blocked.await();
        flume.interrupt();
        // The batch has events already, so this take is not interrupted.
        flume.join(500);
        channel.unblock.countDown();

        assertThat(process.get(10, TimeUnit.SECONDS)).isEqualTo(Status.READY);
        assertThat(channel.wasInterrupted).isFalse();
        assertThat(channel.takes.get()).isEqualTo(3);
        assertThat(producer.published()).containsExactly("a", "b", "c");
        assertThat(channel.interruptedAtEnd).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void interruptsTakeOfFirstEvent(int batchesInFlight) throws Exception {
        start(batchesInFlight);
        channel.blockingTake = 1;

        flume.start();
        channel.blocked.await();
        flume.interrupt();

        assertThat(process.get(10, TimeUnit.SECONDS)).isEqualTo(Status.BACKOFF);
        assertThat(channel.wasInterrupted).isTrue();
    }

    /** The other events of the batch are in Kafka already. If it were rolled back, they would be there twice after the restart. */
    @Test
    void waitsForDeadLetterOfBatch() throws Exception {
        start(1);
        producer.refusedByBroker.add("b");
        channel.add("a", "b", "c");
        channel.blockingTake = 4;

        flume.start();
        channel.blocked.await();
        flume.interrupt();
        channel.unblock.countDown();
        letters.interrupted.await();
        assertThat(process).isNotDone();
        letters.answer.complete(null);

        assertThat(process.get(10, TimeUnit.SECONDS)).isEqualTo(Status.READY);
        assertThat(producer.published()).containsExactly("a", "c");
    }

    private static Admin findingAdmin() {
        Admin admin = mock(Admin.class);
        DescribeTopicsResult found = mock(DescribeTopicsResult.class);
        when(found.allTopicNames()).thenReturn(KafkaFuture.completedFuture(Map.of()));
        when(admin.describeTopics(anyCollection())).thenReturn(found);
        return admin;
    }

    private void start(int batchesInFlight) {
        Map<String, String> properties = new HashMap<>();
        properties.put("kafka.bootstrap.servers", "b:9092");
        properties.put("kafka.topic", "t");
        properties.put("flumeBatchSize", "100");
        properties.put("errors.tolerance", "all");
        properties.put("errors.deadletterqueue.topic.name", "dead");
        properties.put("maxInFlightBatches", Integer.toString(batchesInFlight));
        sink.configure(new Context(properties));
        sink.start();
    }
}
