// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** When a consumer counts as having left its group, and when it is unsubscribed for a while. */
class GroupMembershipTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final AtomicLong clock = new AtomicLong(7);
    private boolean isDenied;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
            if (isDenied) {
                throw new TopicAuthorizationException(Set.of(topic));
            }
            return List.of();
        }
    };
    private final GroupMembership member = membership("CONSUMER");

    private GroupMembership membership(String groupProtocol) {
        GroupMembership created =
                new GroupMembership(groupProtocol, consumer, () -> consumer.subscribe(List.of("t")), clock::get);
        created.ensureSubscribed();
        return created;
    }

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
    }

    @Test
    void hasLeftIfItLosesItsPartitionsAfterARefusal() {
        assign(PARTITION);
        member.afterPoll();
        assertThat(member.hasLeft()).isFalse();

        member.onFailure(new SaslAuthenticationException("no"));

        assertThat(member.hasLeft()).isFalse();
        assign();
        assertThat(member.hasLeft()).isTrue();
        member.afterPoll();
        assertThat(member.hasLeft()).isTrue();
        assign(PARTITION);
        member.afterPoll();
        assign();
        assertThat(member.hasLeft()).isFalse();
    }

    @Test
    void withoutPartitionsHasLeftFiveSecondsAfterTheLastRefusedLogin() {
        for (int attempt = 0; attempt < 100; attempt++) {
            member.onFailure(new SaslAuthenticationException("no"));
            clock.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
            assertThat(member.hasLeft()).isFalse();
        }

        clock.incrementAndGet();

        assertThat(member.hasLeft()).isTrue();
    }

    @Test
    void withoutPartitionsHasLeftThirtySecondsAfterTheLastDenial() {
        member.onFailure(new GroupAuthorizationException("g"));
        clock.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
        assertThat(member.hasLeft()).isFalse();

        clock.incrementAndGet();

        assertThat(member.hasLeft()).isTrue();
    }

    @Test
    void hasNotLeftWhileItWaitsForPartitions() {
        member.afterPoll();
        clock.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(member.hasLeft()).isFalse();
    }

    @Test
    void hasNotLeftAfterARetriableFailureOrFencing() {
        assign(PARTITION);
        member.afterPoll();
        assign();
        member.onFailure(new TimeoutException("late"));
        member.onFailure(new FencedInstanceIdException("fenced"));

        assertThat(member.hasLeft()).isFalse();
    }

    @Test
    void doesNothingWithTheClassicProtocol() {
        GroupMembership classic = membership("classic");
        assign(PARTITION);
        classic.afterPoll();
        assign();
        classic.onFailure(new SaslAuthenticationException("no"));
        classic.onFailure(new TopicAuthorizationException(Set.of("t")));

        assertThat(classic.hasLeft()).isFalse();
        assertThat(consumer.subscription()).containsExactly("t");
    }

    @Test
    void isUnsubscribedWhileTheRightToDescribeATopicIsMissing() {
        member.onFailure(new TopicAuthorizationException(Set.of("t")));
        assertThat(consumer.subscription()).isEmpty();
        assertThat(member.hasLeft()).isFalse();

        isDenied = true;
        assertThatThrownBy(member::ensureSubscribed).isInstanceOf(TopicAuthorizationException.class);
        member.onFailure(new TopicAuthorizationException(Set.of("t")));
        assertThat(consumer.subscription()).isEmpty();

        isDenied = false;
        member.ensureSubscribed();
        assertThat(consumer.subscription()).containsExactly("t");
    }

    @Test
    void staysSubscribedIfItHasPartitionsOrTheFailureIsAnother() {
        member.onFailure(new AuthenticationException("no"));
        member.onFailure(new TimeoutException("late"));
        assertThat(consumer.subscription()).containsExactly("t");

        assign(PARTITION);
        member.onFailure(new TopicAuthorizationException(Set.of("u")));

        assertThat(consumer.subscription()).containsExactly("t");
        assertThat(consumer.assignment()).containsExactly(PARTITION);
    }
}
