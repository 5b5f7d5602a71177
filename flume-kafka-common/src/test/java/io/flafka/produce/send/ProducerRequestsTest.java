// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** When a producer's requests show that it gets no producer id. */
class ProducerRequestsTest {

    private final MockProducer<String, byte[]> producer = new MockProducer<>();
    private final FakeLogins metrics = FakeLogins.of(producer);
    private final AtomicLong nanos = new AtomicLong();
    private final ProducerRequests requests = new ProducerRequests(producer, nanos::get);

    @Test
    void moreThanFiftyASecondAreAFlood() {
        metrics.countRequests(101);
        move(Duration.ofSeconds(2));

        assertThat(requests.areFlooding()).isTrue();
    }

    @Test
    void fewerAreNone() {
        metrics.countRequests(100);
        move(Duration.ofSeconds(2));

        assertThat(requests.areFlooding()).isFalse();
    }

    @Test
    void countsSinceTheLastCall() {
        metrics.countRequests(1_000);
        move(Duration.ofSeconds(1));
        requests.areFlooding();
        move(Duration.ofSeconds(1));

        assertThat(requests.areFlooding()).isFalse();
    }

    @Test
    void doesNotJudgeLessThanASecond() {
        metrics.countRequests(1_000);
        move(Duration.ofMillis(999));

        assertThat(requests.areFlooding()).isFalse();
    }

    /** A producer sends no record without an id. */
    @Test
    void aProducerThatHasSentARecordDoesNotFlood() {
        metrics.countRequests(1_000);
        metrics.countRecords(1);
        move(Duration.ofSeconds(1));

        assertThat(requests.areFlooding()).isFalse();
    }

    @Test
    void aProducerWithoutTheseMetricsDoesNotFlood() {
        ProducerRequests unknown = new ProducerRequests(new MockProducer<>(), nanos::get);
        move(Duration.ofSeconds(1));

        assertThat(unknown.areFlooding()).isFalse();
    }

    private void move(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
