// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.torture.check.BrokenPromise.Kind;
import org.junit.jupiter.api.Test;

/** Which duplicates and which order keep a promise, one history each. */
class CheckerOrderTest extends HistoryTest {

    @Test
    void allowsARepeatedRunAfterAKill() {
        history.accepted(1, 2, 3, 4).fault(KILL).out(1, 2, 3, 2, 3, 4);

        Verdict verdict = check(AT_LEAST_ONCE);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.rows()).containsEntry("duplicates", "2 (kill-agent: 2)");
    }

    @Test
    void findsADuplicateLongAfterTheKill() {
        history.accepted(1, 2).fault(KILL).out(1, 2).seconds(6).out(2);

        assertOnly(
                AT_LEAST_ONCE,
                Kind.DUPLICATED,
                "DUPLICATED: k-000002 delivered again without a fault that excuses it: out-0 offset 2, t=1006090;"
                        + " faults around: kill-agent of a1 (t=1000050 to 1000060)");
    }

    @Test
    void findsADuplicateAfterAFaultThatDoesNotExcuseIt() {
        history.accepted(1, 2).fault("freeze-broker").out(1, 2, 2);

        assertThat(check(AT_LEAST_ONCE).count(Kind.DUPLICATED)).isEqualTo(1);
    }

    @Test
    void takesTheEarlierRecordForTheFirstDeliveryWhateverItsPartition() {
        history.accepted(1, 2);
        history.seconds(1).outOf(1, 1);
        history.seconds(-1).outOf(0, 1, 2);

        Verdict verdict = check(AT_LEAST_ONCE);

        assertThat(verdict.broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.text()).contains("out-1 offset 0"));
    }

    @Test
    void allowsNoDuplicateAtExactlyOnce() {
        history.accepted(1).fault(KILL).out(1, 1);

        assertThat(check(Promise.exactlyOnce().duplicatesAfter(AFTER_KILL)).count(Kind.DUPLICATED))
                .isEqualTo(1);
    }

    @Test
    void allowsOneRecordPerHandOver() {
        history.sent(1).sent(1).acked(1).out(1, 1);

        assertThat(check(Promise.exactlyOnce()).broken()).isEmpty();
    }

    @Test
    void findsEventsInTheWrongOrder() {
        history.accepted(1, 2, 3, 4).out(1, 3, 2, 4);

        assertOnly(
                AT_LEAST_ONCE,
                Kind.REORDERED,
                "REORDERED: k-000002 delivered for the first time after k-000003: out-0 offset 2, t=1000110;"
                        + " no fault around");
    }

    @Test
    void findsAGapThatALaterRunFills() {
        history.accepted(1, 2, 3).fault(KILL).out(1, 3, 1, 2, 3);

        assertThat(check(AT_LEAST_ONCE).count(Kind.REORDERED)).isEqualTo(1);
    }

    @Test
    void ordersNothingBetweenPartitions() {
        history.accepted(1, 2, 3).outOf(0, 2).outOf(1, 1, 3);

        assertThat(check(AT_LEAST_ONCE).broken()).isEmpty();
    }

    @Test
    void hasNoPlaceForAnEventWithoutAcknowledgementOrWithTwoHandOvers() {
        history.sent(1).accepted(2).sent(3).accepted(4).accepted(3).out(2, 1, 4, 3);

        assertThat(check(AT_LEAST_ONCE).broken()).isEmpty();
    }

    @Test
    void ordersNothingIfNoOrderIsPromised() {
        history.accepted(1, 2, 3).out(3, 2, 1);

        assertThat(check(AT_LEAST_ONCE.inOrder(KeyOrder.NONE)).broken()).isEmpty();
    }

    @Test
    void allowsOneStepBackPerFaultIfTheExcuseSaysSo() {
        history.accepted(1, 2, 3, 4).fault(KILL).out(1, 2, 3, 4, 2, 4);
        assertThat(check(AT_LEAST_ONCE.duplicatesAfter(AFTER_KILL.repeatingAtMost(1)))
                        .broken())
                .isEmpty();

        history.out(3);
        assertThat(check(AT_LEAST_ONCE.duplicatesAfter(AFTER_KILL.repeatingAtMost(1)))
                        .count(Kind.REPEATED))
                .isEqualTo(1);
    }

    @Test
    void boundsTheRepeatsOfAnEventWithoutOrder() {
        Promise promise = AT_LEAST_ONCE.inOrder(KeyOrder.NONE).duplicatesAfter(AFTER_KILL.repeatingAtMost(1));
        history.accepted(1, 2).fault(KILL).out(1, 2, 2, 1);
        assertThat(check(promise).broken()).isEmpty();

        history.out(2);
        assertThat(check(promise).count(Kind.REPEATED)).isEqualTo(1);
    }

    @Test
    void boundsTheNumberOfDuplicates() {
        history.accepted(1, 2, 3).fault(KILL).out(1, 2, 3, 1, 2, 3);

        assertOnly(
                AT_LEAST_ONCE.duplicatesAfter(AFTER_KILL.atMost(2)),
                Kind.REPEATED,
                "REPEATED: 1 of 3 duplicates are more than the faults around them excuse: t=1000140 to 1000140;"
                        + " no fault around");
    }
}
