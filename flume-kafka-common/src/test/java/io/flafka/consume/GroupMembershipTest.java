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

/** When a consumer has left its group for good, and when it is made to leave for a while. */
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
    private final GroupMembership member = member("CONSUMER");

    private GroupMembership member(String groupProtocol) {
        GroupMembership made =
                new GroupMembership(groupProtocol, consumer, () -> consumer.subscribe(List.of("t")), clock::get);
        made.join();
        return made;
    }

    private void has(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
    }

    @Test
    void oneThatHadPartitionsAndHasNoneAfterARefusalHas() {
        has(PARTITION);
        member.polled();
        assertThat(member.hasLeft()).isFalse();

        member.failed(new SaslAuthenticationException("no"));

        assertThat(member.hasLeft()).isFalse();
        has();
        assertThat(member.hasLeft()).isTrue();
        member.polled();
        assertThat(member.hasLeft()).isTrue();
        has(PARTITION);
        member.polled();
        has();
        assertThat(member.hasLeft()).isFalse();
    }

    @Test
    void oneThatNeverHadAnyHasOnceItIsNotRefusedAnyMore() {
        for (int attempt = 0; attempt < 100; attempt++) {
            member.failed(new SaslAuthenticationException("no"));
            clock.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
            assertThat(member.hasLeft()).isFalse();
        }

        clock.incrementAndGet();

        assertThat(member.hasLeft()).isTrue();
    }

    @Test
    void withoutARightItIsNotReplacedSoOften() {
        member.failed(new GroupAuthorizationException("g"));
        clock.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
        assertThat(member.hasLeft()).isFalse();

        clock.incrementAndGet();

        assertThat(member.hasLeft()).isTrue();
    }

    @Test
    void oneThatWaitsForPartitionsHasNot() {
        member.polled();
        clock.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(member.hasLeft()).isFalse();
    }

    @Test
    void whatPassesOrIsAnothersDoesNotCount() {
        has(PARTITION);
        member.polled();
        has();
        member.failed(new TimeoutException("late"));
        member.failed(new FencedInstanceIdException("taken"));

        assertThat(member.hasLeft()).isFalse();
    }

    @Test
    void theClassicProtocolGoesOnByItself() {
        GroupMembership classic = member("classic");
        has(PARTITION);
        classic.polled();
        has();
        classic.failed(new SaslAuthenticationException("no"));
        classic.failed(new TopicAuthorizationException(Set.of("t")));

        assertThat(classic.hasLeft()).isFalse();
        assertThat(consumer.subscription()).containsExactly("t");
    }

    @Test
    void oneThatMayNotSeeItsTopicEndsItsSubscriptionUntilItMay() {
        member.failed(new TopicAuthorizationException(Set.of("t")));
        assertThat(consumer.subscription()).isEmpty();
        assertThat(member.hasLeft()).isFalse();

        isDenied = true;
        assertThatThrownBy(member::join).isInstanceOf(TopicAuthorizationException.class);
        member.failed(new TopicAuthorizationException(Set.of("t")));
        assertThat(consumer.subscription()).isEmpty();

        isDenied = false;
        member.join();
        assertThat(consumer.subscription()).containsExactly("t");
    }

    @Test
    void oneThatHasPartitionsKeepsItsSubscriptionAndSoDoesOneThatIsRefusedOtherwise() {
        member.failed(new AuthenticationException("no"));
        member.failed(new TimeoutException("late"));
        assertThat(consumer.subscription()).containsExactly("t");

        has(PARTITION);
        member.failed(new TopicAuthorizationException(Set.of("u")));

        assertThat(consumer.subscription()).containsExactly("t");
        assertThat(consumer.assignment()).containsExactly(PARTITION);
    }
}
