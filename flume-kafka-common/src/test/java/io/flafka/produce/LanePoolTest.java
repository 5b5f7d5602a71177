// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.AdminFactory;
import io.flafka.client.ClientSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** Who gets which lane. */
class LanePoolTest {

    private static final TransactionLane.Rules RULES = new TransactionLane.Rules(
            Duration.ofSeconds(1),
            new Caution(),
            new RefusalReason("b:9092", new TopicLimits(AdminFactory.KAFKA, new ClientSettings(Map.of()))),
            new OperatorsClasses(List.of()));

    private final LanePool pool = new LanePool(2, lane -> new TransactionLane(lane, MockProducer::new, RULES));

    @Test
    void lendsTheLowestFreeOne() {
        TransactionLane first = borrow();
        TransactionLane second = borrow();
        pool.giveBack(second);
        pool.giveBack(first);

        assertThat(borrow()).isSameAs(first);
        assertThat(first.number()).isZero();
        assertThat(borrow()).isSameAs(second);
    }

    @Test
    void lendsNoMoreThanItsLimitAndWaitsNoLongerThanAsked() {
        TransactionLane first = borrow();
        borrow();

        assertThat(pool.borrow(Duration.ofMillis(1))).isEmpty();
        pool.giveBack(first);

        assertThat(pool.borrow(Duration.ZERO)).containsSame(first);
    }

    @Test
    void endsThoughALaneIsNotGivenBack() {
        borrow();

        assertThat(CompletableFuture.runAsync(() -> pool.close(Duration.ofMillis(10))))
                .succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void lendsNothingAfterItsEnd() {
        pool.giveBack(borrow());

        pool.close(Duration.ofSeconds(1));

        assertThat(pool.borrow(Duration.ofMinutes(1))).isEmpty();
    }

    private TransactionLane borrow() {
        return pool.borrow(Duration.ZERO).orElseThrow();
    }
}
