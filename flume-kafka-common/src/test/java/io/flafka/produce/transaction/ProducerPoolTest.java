// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.failure.ClientAccess;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.send.CustomClassFailures;
import io.flafka.produce.send.RefusalReason;
import io.flafka.produce.send.SoloSends;
import io.flafka.produce.send.TopicLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** Which thread gets which producer. */
class ProducerPoolTest {

    private static final PublisherParts SHARED = new PublisherParts(
            Duration.ofSeconds(1),
            new SoloSends(),
            new RefusalReason(
                    new ClientAccess("b:9092", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.WRITES),
                    new TopicLimits(KafkaClients.REAL::admin, new ClientSettings(Map.of()))),
            new CustomClassFailures(List.of()),
            new TransactionMetrics(new MetricGroup()));

    private final ProducerPool pool =
            new ProducerPool(2, number -> new TransactionalProducer(number, MockProducer::new, SHARED));

    @Test
    void lendsTheFreeProducerWithTheLowestNumber() {
        TransactionalProducer first = borrow();
        TransactionalProducer second = borrow();
        pool.giveBack(second);
        pool.giveBack(first);

        assertThat(borrow()).isSameAs(first);
        assertThat(first.number()).isZero();
        assertThat(borrow()).isSameAs(second);
    }

    @Test
    void lendsNoMoreThanItsLimitAndKeepsTheTimeout() {
        TransactionalProducer first = borrow();
        borrow();

        assertThat(pool.borrow(Duration.ofMillis(1))).isEmpty();
        pool.giveBack(first);

        assertThat(pool.borrow(Duration.ZERO)).containsSame(first);
    }

    @Test
    void closesEvenIfAProducerIsNotGivenBack() {
        borrow();

        assertThat(CompletableFuture.runAsync(() -> pool.close(Duration.ofMillis(10))))
                .succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void lendsNothingAfterItIsClosed() {
        pool.giveBack(borrow());

        pool.close(Duration.ofSeconds(1));

        assertThat(pool.borrow(Duration.ofMinutes(1))).isEmpty();
    }

    private TransactionalProducer borrow() {
        return pool.borrow(Duration.ZERO).orElseThrow();
    }
}
