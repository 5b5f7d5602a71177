// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.OpenTake;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.failure.ClientAccess;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a reader handles a refusal by Kafka, a revocation, and a failed consumer. */
class ReaderReplacementTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final MockGroup first = new MockGroup().assign(PARTITION, 2);
    private final MockGroup next = new MockGroup().assign(PARTITION, 2);
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(10, 1L << 20));
    private final LogLines outageLog = new LogLines(ReaderOutage.class);
    private final LogLines commitLog = new LogLines(CommitSchedule.class);
    private final OpenTake open = new OpenTake();
    private @Nullable ReaderThread reader;

    private ReaderThread start(ReaderClient.Factory factory) {
        ReaderThread started = MockGroupFactory.reader(factory, LONG, Duration.ZERO, buffer, metrics);
        reader = started;
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        end();
        outageLog.close();
        commitLog.close();
    }

    private void end() {
        if (reader != null) {
            reader.stop();
            assertThat(reader.awaitStop(PATIENCE)).isTrue();
        }
    }

    @Test
    void aRefusedPollFailsTakesAndKeepsTheConsumer() {
        MockGroup refused = new MockGroup();
        refused.schedulePollTask(() -> {
            throw new SaslAuthenticationException("wrong password");
        });
        refused.assign(PARTITION, 1);
        start(new MockGroupFactory(refused));

        assertThatThrownBy(() -> buffer.refill(open, PATIENCE)).hasMessageContaining("wrong password");
        await().ignoreException(ChannelFailedException.class).until(() -> buffer.refill(open, PATIENCE));

        assertThat(refused.closed()).isFalse();
        assertThat(outageLog.lines()).first().asString().startsWith("ERROR KafkaChannel c1: cannot read topic t");
    }

    @Test
    void replacesAConsumerThatWasRefusedAndHasLostItsPartitions() throws InterruptedException {
        start(new MockGroupFactory("consumer", first, next));
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        buffer.rollBack(open);

        first.schedulePollTask(() -> {
            first.lose(List.of(PARTITION));
            throw new GroupAuthorizationException("flume");
        });
        await().ignoreException(ChannelFailedException.class).until(() -> buffer.refill(open, PATIENCE));

        assertThat(open.next().offset()).isZero();
        assertThat(next.assignment()).containsExactly(PARTITION);
        assertThat(first.closed()).isTrue();
        assertThat(outageLog.lines()).anyMatch(line -> line.contains("it has left its group after Kafka refused it"));
    }

    /** A class of the operator's in Kafka's consumer misses a jar, or fills the stack. */
    @Test
    void replacesAConsumerInWhichAClassHasThrownAnError() {
        start(new MockGroupFactory(first, next));

        first.schedulePollTask(() -> {
            throw new NoClassDefFoundError("com/example/Forgotten");
        });
        await().until(() -> first.closed() && next.assignment().contains(PARTITION));

        assertThat(outageLog.lines())
                .first()
                .asString()
                .isEqualTo("ERROR KafkaChannel c1: cannot read topic t: its Kafka consumer failed"
                        + " (java.lang.NoClassDefFoundError: com/example/Forgotten); replacing the consumer");
    }

    /** The consumer may have passed over records in the poll. */
    @Test
    void replacesAConsumerThatRanOutOfMemory() throws InterruptedException {
        start(new MockGroupFactory(first, next));
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        buffer.complete(open);

        first.schedulePollTask(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        await().ignoreException(ChannelFailedException.class).until(() -> buffer.refill(open, PATIENCE));

        assertThat(first.closed()).isTrue();
        assertThat(first.commits()).as("commits of the delivered event").hasPositiveValue();
        assertThat(next.assignment()).containsExactly(PARTITION);
        assertThat(outageLog.lines())
                .first()
                .asString()
                .startsWith(
                        "ERROR KafkaChannel c1: out of memory (Java heap space): a new consumer replaces the current one,"
                                + " and reads topic t after the last delivered event; nothing is lost. The agent's heap is ");
    }

    @Test
    void retriesToCreateAConsumer() {
        MockGroupFactory groups = new MockGroupFactory(first, next);
        AtomicInteger asked = new AtomicInteger();
        start(new ReaderClient.Factory() {
            @Override
            public Consumer<byte[], byte[]> consumer() {
                if (asked.getAndIncrement() == 1) {
                    throw new FlumeException("the trust store cannot be read");
                }
                return groups.consumer();
            }

            @Override
            public ReadPositions positions(Consumer<byte[], byte[]> consumer) {
                return groups.positions(consumer);
            }

            @Override
            public String groupProtocol() {
                return groups.groupProtocol();
            }

            @Override
            public ClientAccess access() {
                return groups.access();
            }
        });
        first.schedulePollTask(() -> {
            throw new IllegalStateException("thrown by a class of the operator");
        });

        await().untilAsserted(() -> assertThatThrownBy(() -> buffer.refill(open, Duration.ZERO))
                .hasMessageContaining("the trust store cannot be read"));
        await().ignoreException(ChannelFailedException.class).until(() -> buffer.refill(open, PATIENCE));

        assertThat(asked).hasValue(3);
        assertThat(next.assignment()).containsExactly(PARTITION);
    }

    @Test
    void neitherGivesNorCountsEventsOfRevokedPartitions() throws InterruptedException {
        ReaderThread started = start(new MockGroupFactory(first));
        await().until(() -> started.lag().records() == 2);
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        buffer.rollBack(open);

        first.schedulePollTask(() -> first.revoke(List.of(PARTITION)));
        await().until(() -> first.assignment().isEmpty());

        assertThat(buffer.refill(open, Duration.ZERO)).isFalse();
        await().until(() -> started.lag().records() == 0);
    }

    @Test
    void theChannelSizeIsZeroAfterTheStop() {
        ReaderThread started = start(new MockGroupFactory(first));
        await().until(() -> started.lag().records() == 2);

        end();

        assertThat(started.lag().records()).isZero();
    }

    @Test
    void logsAndCountsAFailedLastCommit() throws InterruptedException {
        start(new MockGroupFactory(first));
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        buffer.complete(open);
        first.refuse(1, new GroupAuthorizationException("flume"));

        end();

        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
        assertThat(commitLog.lines())
                .singleElement()
                .asString()
                .startsWith(
                        "WARN KafkaChannel c1: its last offset commit before it gives up its partitions failed: t-0=1");
    }
}
