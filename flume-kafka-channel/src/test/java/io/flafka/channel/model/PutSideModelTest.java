// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.model.RealPutSide.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Real transactional puts succeed exactly if Kafka has confirmed their transaction, for each sequence of four outcomes. */
class PutSideModelTest {

    private static final int LENGTH = 4;

    @Test
    void aPutSucceedsOnlyIfItsTransactionIsConfirmed() {
        List<List<Outcome>> plans = plans(LENGTH);

        assertThat(plans)
                .hasSize(256)
                .allSatisfy(plan -> assertThat(fault(plan, RealPutSide::new)).isEmpty());
    }

    @Test
    void findsAnUnknownOutcomeThatCountsAsSuccess() {
        Function<List<Outcome>, RealPutSide> careless = plan -> new RealPutSide(plan) {
            @Override
            boolean put(List<String> bodies) {
                return super.put(bodies) || !plan.contains(Outcome.REFUSED);
            }
        };

        assertThat(fault(List.of(Outcome.LOST), careless)).contains("lost: [0a, 0b] of [], after [LOST]");
    }

    /** Puts two batches until they succeed. Returns how the topic differs from what it must have. */
    private static Optional<String> fault(List<Outcome> plan, Function<List<Outcome>, RealPutSide> real) {
        RealPutSide puts = real.apply(plan);
        int attempts = 0;
        List<String> expected = new ArrayList<>();
        for (int batch = 0; batch < 2; batch++) {
            List<String> bodies = List.of(batch + "a", batch + "b");
            boolean isPut = false;
            while (!isPut) {
                Outcome outcome = attempts < plan.size() ? plan.get(attempts) : Outcome.COMMITTED;
                attempts++;
                isPut = puts.put(bodies);
                boolean isVisible = outcome == Outcome.COMMITTED || outcome == Outcome.UNANSWERED;
                expected.addAll(isVisible ? bodies : List.of());
                if (isPut && Collections.indexOfSubList(puts.visible, bodies) < 0) {
                    return Optional.of("lost: %s of %s, after %s".formatted(bodies, puts.visible, plan));
                }
                if (isPut != (outcome == Outcome.COMMITTED) || !puts.visible.equals(expected)) {
                    return Optional.of(
                            "after %s of %s: put %s, visible %s".formatted(outcome, plan, isPut, puts.visible));
                }
            }
        }
        return Optional.empty();
    }

    private static List<List<Outcome>> plans(int length) {
        if (length == 0) {
            return List.of(List.of());
        }
        List<List<Outcome>> plans = new ArrayList<>();
        for (List<Outcome> shorter : plans(length - 1)) {
            for (Outcome last : Outcome.values()) {
                List<Outcome> plan = new ArrayList<>(shorter);
                plan.add(last);
                plans.add(plan);
            }
        }
        return plans;
    }
}
