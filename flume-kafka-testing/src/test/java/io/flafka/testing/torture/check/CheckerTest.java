// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.torture.check.BrokenPromise.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What keeps a promise and what breaks it, one history each. {@code CheckerOrderTest} has the duplicates and the order. */
class CheckerTest extends HistoryTest {

    @Test
    void keepsThePromiseIfEverythingArrivesOnce() {
        history.accepted(1, 2, 3).out(1, 2, 3);

        assertThat(check(Promise.exactlyOnce()).broken()).isEmpty();
    }

    @Test
    void findsALostEvent() {
        history.accepted(1, 2, 3).out(1, 3);

        assertOnly(
                AT_LEAST_ONCE,
                Kind.LOST,
                "LOST: k-000002 acknowledged, but not delivered, sent at: t=1000020; no fault around");
    }

    @Test
    void joinsWhatWasLostInARow() {
        history.accepted(1, 2, 3, 4).fault(KILL).out(1);

        assertOnly(
                AT_LEAST_ONCE,
                Kind.LOST,
                "LOST: k-000002 to k-000004 (3) acknowledged, but not delivered, sent at: t=1000020 to 1000040;"
                        + " faults around: kill-agent of a1 (t=1000090 to 1000100)");
    }

    @Test
    void expectsNothingOfAnEventWithoutAcknowledgement() {
        history.accepted(1).sent(2, 3).out(1, 3);

        assertThat(check(Promise.exactlyOnce()).broken()).isEmpty();
    }

    @Test
    void allowsALossAroundAFaultThatExcusesIt() {
        history.accepted(1).fault("delete-topic");
        Promise promise = Promise.atLeastOnce().lossesAfter(Excuse.of("delete-topic", Duration.ofSeconds(1)));

        Verdict verdict = check(promise);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.counts().excusedLosses()).isEqualTo(1);
    }

    @Test
    void expectsABadEventInTheDeadLettersOnly() {
        Promise promise = AT_LEAST_ONCE.ending(BodyKind.POISON, Fate.DEAD_LETTER);
        history.accepted(1)
                .sent(2, BodyKind.POISON)
                .acked(2)
                .sent(3, BodyKind.POISON)
                .acked(3)
                .out(1);

        history.dead(2, 3);
        assertThat(check(promise).broken()).isEmpty();

        history.dead(2).out(3);
        Verdict verdict = check(promise);
        assertThat(verdict.count(Kind.DEAD_LETTERED_AGAIN)).isEqualTo(1);
        assertThat(verdict.count(Kind.WRONGLY_DELIVERED)).isEqualTo(1);
    }

    @Test
    void findsAMissingDeadLetter() {
        history.accepted(1).sent(2, BodyKind.POISON).acked(2).out(1);

        assertOnly(
                AT_LEAST_ONCE.ending(BodyKind.POISON, Fate.DEAD_LETTER),
                Kind.NOT_DEAD_LETTERED,
                "NOT_DEAD_LETTERED: k-000002 a bad event (POISON) acknowledged, but not in the dead letters, sent at:"
                        + " t=1000030; no fault around");
    }

    @Test
    void allowsTheLossOfABadEventToo() {
        history.sent(1, BodyKind.POISON).acked(1).fault("delete-topic");
        Promise promise = Promise.atLeastOnce()
                .ending(BodyKind.POISON, Fate.DEAD_LETTER)
                .lossesAfter(Excuse.of("delete-topic", Duration.ofSeconds(1)));

        assertThat(check(promise).broken()).isEmpty();
    }

    @Test
    void allowsTheDeadLetterOfAGoodEventAfterAFaultThatExcusesIt() {
        history.accepted(1, 2).fault("revoke-acl").dead(2).out(1);
        assertThat(check(AT_LEAST_ONCE).count(Kind.WRONGLY_DEAD_LETTERED)).isEqualTo(1);

        Promise promise = AT_LEAST_ONCE.deadLettersAfter(Excuse.of("revoke-acl", Duration.ofSeconds(1)));
        assertThat(check(promise).broken()).isEmpty();
    }

    @Test
    void findsBothADeadLetterAndADeliveryAtExactlyOnce() {
        history.accepted(1).fault("revoke-acl").dead(1).out(1);
        Promise promise = Promise.exactlyOnce().deadLettersAfter(Excuse.of("revoke-acl", Duration.ofSeconds(1)));

        assertThat(check(promise).count(Kind.DUPLICATED)).isEqualTo(1);
    }

    @Test
    void findsWhatWasNeverSent() {
        history.accepted(1).out(1, 7);

        assertThat(check(AT_LEAST_ONCE).count(Kind.INVENTED)).isEqualTo(1);
    }

    @Test
    void findsAStallOutsideOfFaults() {
        history.accepted(1).progress(0).seconds(31).progress(0).progress(1).out(1);

        assertOnly(
                AT_LEAST_ONCE,
                Kind.STALLED,
                "STALLED: The output did not grow for 31.0 s, while k-000001 waited: t=1000010 to 1031040;"
                        + " no fault around");
    }

    @Test
    void findsAStallThatLastsToTheEnd() {
        history.accepted(1).seconds(31).progress(0);

        Verdict verdict = check(AT_LEAST_ONCE);

        assertThat(verdict.brokenByKind()).containsOnlyKeys(Kind.LOST, Kind.STALLED);
    }

    @Test
    void doesNotWaitForWhatAFaultHasLost() {
        history.accepted(1).fault("delete-topic").seconds(60).progress(0);

        assertThat(check(Promise.atLeastOnce().lossesAfter(Excuse.of("delete-topic", Duration.ofSeconds(1))))
                        .broken())
                .isEmpty();
    }

    @Test
    void doesNotCountAStallUntilAFaultHasSettled() {
        Promise promise = AT_LEAST_ONCE.stallingAtMost(Duration.ofSeconds(20), Duration.ofSeconds(15));
        history.accepted(1).fault(KILL).seconds(30).progress(0).progress(1).out(1);

        Verdict verdict = check(promise);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.longestStallMillis()).isEqualTo(15_010);
    }

    @Test
    void doesNotCallAPipelineStalledThatHasNothingToDo() {
        history.accepted(1).out(1).progress(1).seconds(60).progress(1);
        history.accepted(2).out(2).progress(2);

        assertThat(check(AT_LEAST_ONCE).broken()).isEmpty();
    }

    @Test
    void findsASenderWithoutAnyAnswer() {
        history.accepted(1).out(1).progress(1).sent(2).seconds(40).progress(1);

        assertThat(check(AT_LEAST_ONCE).broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.text())
                        .startsWith("Events were sent, but none was acknowledged, for 40.0 s"));
    }

    @Test
    void readsACutLineAtTheEndAndInTheMiddle() {
        history.accepted(1).text("\n{\"t\":5,\"e\":\"se");
        history.text("{\"t\":1000040,\"e\":\"sent\",\"id\":\"k-000002\",\"body\":\"equal\"}");
        history.acked(2).out(1, 2).text("\n{\"t\":7,\"e\":\"out\",\"top");

        Verdict verdict = check(AT_LEAST_ONCE);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.cutLines()).isEqualTo(2);
        assertThat(verdict.counts().sent()).isEqualTo(2);
    }

    @Test
    void refusesALineThatIsNotOfAHistory() {
        history.accepted(1).text("\n{\"t\":5,\"e\":\"sending\"}");

        assertThatThrownBy(() -> check(AT_LEAST_ONCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Line 4 of ")
                .hasMessageEndingWith(" is not one of a history: 'sending' is not known: {\"t\":5,\"e\":\"sending\"}");
    }

    @Test
    void provesNothingWithoutAcknowledgements() {
        history.sent(1);

        assertOnly(
                AT_LEAST_ONCE,
                Kind.UNPROVEN,
                "UNPROVEN: Nothing was acknowledged, so nothing had to be delivered; no fault around");
    }

    @Test
    void showsTheLinesOfABrokenPromise() {
        history.accepted(1, 2, 3).fault(KILL).out(1, 3, 2);
        StringBuilder shown = new StringBuilder();

        check(AT_LEAST_ONCE).replay(shown);

        assertThat(shown.toString().lines().map(line -> line.replaceAll("\"topic.*\"id\"", "\"id\"")))
                .containsExactly(
                        "REORDERED: k-000002 delivered for the first time after k-000003: out-0 offset 2, t=1000110;"
                                + " faults around: kill-agent of a1 (t=1000070 to 1000080)",
                        "  3: {\"t\":1000020,\"e\":\"sent\",\"id\":\"k-000002\",\"key\":\"k\",\"seq\":2,\"body\":\"unique\"}",
                        "  6: {\"t\":1000050,\"e\":\"acked\",\"id\":\"k-000002\"}",
                        "  8: {\"t\":1000070,\"e\":\"fault\",\"kind\":\"kill-agent\",\"target\":\"a1\",\"detail\":\"said \\\"so\\\"\"}",
                        "  9: {\"t\":1000080,\"e\":\"fault-end\",\"kind\":\"kill-agent\",\"target\":\"a1\"}",
                        "  10: {\"t\":1000090,\"e\":\"out\",\"id\":\"k-000001\",\"key\":\"k\",\"seq\":1}",
                        "  11: {\"t\":1000100,\"e\":\"out\",\"id\":\"k-000003\",\"key\":\"k\",\"seq\":3}",
                        "  12: {\"t\":1000110,\"e\":\"out\",\"id\":\"k-000002\",\"key\":\"k\",\"seq\":2}");
    }

    @Test
    void readsTheLinesOfAFile() {
        history.accepted(1, 2).lines("events.log", 2, 1);

        assertThat(check(AT_LEAST_ONCE).broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.text()).contains("events.log-0 offset 1"));
    }
}
