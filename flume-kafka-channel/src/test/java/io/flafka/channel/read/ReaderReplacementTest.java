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
import io.flafka.channel.transaction.ChannelFailure;
import io.flafka.consume.offsets.ReadPositions;
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

/** What a channel's reader does when Kafka refuses it, when its partitions go, and when its consumer is of no use any more. */
class ReaderReplacementTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final MockGroup first = new MockGroup().assign(PARTITION, 2);
    private final MockGroup next = new MockGroup().assign(PARTITION, 2);
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(10, 1L << 20));
    private final LogLines troubleLog = new LogLines(ReaderOutage.class);
    private final LogLines commitLog = new LogLines(CommitSchedule.class);
    private final OpenTake claim = new OpenTake();
    private @Nullable ReaderThread reader;

    private ReaderThread start(ReaderClient.Maker maker) {
        ReaderThread started = GroupMaker.reader(maker, LONG, Duration.ZERO, buffer, metrics);
        reader = started;
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        end();
        troubleLog.close();
        commitLog.close();
    }

    private void end() {
        if (reader != null) {
            reader.stop();
            assertThat(reader.awaitEnd(PATIENCE)).isTrue();
        }
    }

    @Test
    void aPollThatIsRefusedIsToldToTheTakesAndTheSameConsumerGoesOn() {
        MockGroup refused = new MockGroup();
        refused.schedulePollTask(() -> {
            throw new SaslAuthenticationException("wrong password");
        });
        refused.assign(PARTITION, 1);
        start(new GroupMaker(refused));

        assertThatThrownBy(() -> buffer.refill(claim, PATIENCE)).hasMessageContaining("wrong password");
        await().ignoreException(ChannelFailure.class).until(() -> buffer.refill(claim, PATIENCE));

        assertThat(refused.closed()).isFalse();
        assertThat(troubleLog.lines()).first().asString().startsWith("ERROR KafkaChannel c1 cannot read topic t");
    }

    @Test
    void aMemberThatWasRefusedAndHasNoPartitionsAnyMoreIsReplaced() throws InterruptedException {
        start(new GroupMaker("consumer", first, next));
        assertThat(buffer.refill(claim, PATIENCE)).isTrue();
        claim.next();
        buffer.giveBackAll(claim);

        first.schedulePollTask(() -> {
            first.lose(List.of(PARTITION));
            throw new GroupAuthorizationException("flume");
        });
        await().ignoreException(ChannelFailure.class).until(() -> buffer.refill(claim, PATIENCE));

        assertThat(claim.next().offset()).isZero();
        assertThat(next.assignment()).containsExactly(PARTITION);
        assertThat(first.closed()).isTrue();
        assertThat(troubleLog.lines()).anyMatch(line -> line.contains("it was refused, and has left its group"));
    }

    @Test
    void aConsumerThatCannotBeMadeAtTheMomentIsMadeLater() {
        GroupMaker groups = new GroupMaker(first, next);
        AtomicInteger asked = new AtomicInteger();
        start(new ReaderClient.Maker() {
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
        });
        first.schedulePollTask(() -> {
            throw new IllegalStateException("as by a class of the operator's");
        });

        await().untilAsserted(() -> assertThatThrownBy(() -> buffer.refill(claim, Duration.ZERO))
                .hasMessageContaining("the trust store cannot be read"));
        await().ignoreException(ChannelFailure.class).until(() -> buffer.refill(claim, PATIENCE));

        assertThat(asked).hasValue(3);
        assertThat(next.assignment()).containsExactly(PARTITION);
    }

    @Test
    void nothingIsTakenFromPartitionsThatHaveGoneAndTheyAreNotCountedAsBacklog() throws InterruptedException {
        ReaderThread started = start(new GroupMaker(first));
        await().until(() -> started.backlog() == 2);
        assertThat(buffer.refill(claim, PATIENCE)).isTrue();
        claim.next();
        buffer.giveBackAll(claim);

        first.schedulePollTask(() -> first.revoke(List.of(PARTITION)));
        await().until(() -> first.assignment().isEmpty());

        assertThat(buffer.refill(claim, Duration.ZERO)).isFalse();
        await().until(() -> started.backlog() == 0);
    }

    @Test
    void theEndLeavesNoBacklog() {
        ReaderThread started = start(new GroupMaker(first));
        await().until(() -> started.backlog() == 2);

        end();

        assertThat(started.backlog()).isZero();
    }

    @Test
    void aRefusalOfTheLastCommitIsToldAndCounted() throws InterruptedException {
        start(new GroupMaker(first));
        assertThat(buffer.refill(claim, PATIENCE)).isTrue();
        claim.next();
        buffer.complete(claim);
        first.refuse(1, new GroupAuthorizationException("flume"));

        end();

        assertThat(metrics.getOffsetCommitFailCount()).isEqualTo(1);
        assertThat(commitLog.lines())
                .singleElement()
                .asString()
                .startsWith(
                        "WARN KafkaChannel c1: gives its partitions up with offsets that Kafka did not take: t-0=1");
    }
}
