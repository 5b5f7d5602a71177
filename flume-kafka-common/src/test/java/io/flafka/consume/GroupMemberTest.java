// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** When a consumer has left its group for good. */
class GroupMemberTest {

    private static final List<String> SOME = List.of("t-0");
    private static final List<String> NONE = List.of();

    private final AtomicLong clock = new AtomicLong(7);
    private final GroupMember member = new GroupMember("CONSUMER", clock::get);

    @Test
    void oneThatHadPartitionsAndHasNoneAfterARefusalHas() {
        member.polled(SOME);
        assertThat(member.hasLeft(NONE)).isFalse();

        member.failed(new SaslAuthenticationException("no"));

        assertThat(member.hasLeft(SOME)).isFalse();
        assertThat(member.hasLeft(NONE)).isTrue();
        member.polled(NONE);
        assertThat(member.hasLeft(NONE)).isTrue();
        member.polled(SOME);
        assertThat(member.hasLeft(NONE)).isFalse();
    }

    @Test
    void oneThatNeverHadAnyHasOnceItIsNotRefusedAnyMore() {
        for (int attempt = 0; attempt < 100; attempt++) {
            member.failed(new SaslAuthenticationException("no"));
            clock.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
            assertThat(member.hasLeft(NONE)).isFalse();
        }

        clock.incrementAndGet();

        assertThat(member.hasLeft(NONE)).isTrue();
    }

    @Test
    void withoutARightItIsNotReplacedSoOften() {
        member.failed(new GroupAuthorizationException("g"));
        clock.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
        assertThat(member.hasLeft(NONE)).isFalse();

        clock.incrementAndGet();

        assertThat(member.hasLeft(NONE)).isTrue();
    }

    @Test
    void oneThatWaitsForPartitionsHasNot() {
        member.polled(NONE);
        clock.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(member.hasLeft(NONE)).isFalse();
    }

    @Test
    void whatPassesOrIsAnothersDoesNotCount() {
        member.polled(SOME);
        member.failed(new TimeoutException("late"));
        member.failed(new FencedInstanceIdException("taken"));

        assertThat(member.hasLeft(NONE)).isFalse();
    }

    @Test
    void theClassicProtocolGoesOnByItself() {
        GroupMember classic = new GroupMember("classic", clock::get);
        classic.polled(SOME);
        classic.failed(new SaslAuthenticationException("no"));

        assertThat(classic.hasLeft(NONE)).isFalse();
    }
}
