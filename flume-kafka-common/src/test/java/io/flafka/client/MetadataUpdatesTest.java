// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.MetadataUpdates.Seen;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** Metadata that arrives early is a hint that something has changed. */
class MetadataUpdatesTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(5);
    private final MetadataUpdates updates = new MetadataUpdates(Duration.ofMinutes(5), nanos::get);

    @Test
    void nothingSeenAtFirst() {
        assertThat(updates.take()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void firstUpdateAndUpdatesAtTheMaximumAgeAreOnTime() {
        updates.updated();
        assertThat(updates.take()).isEqualTo(Seen.ON_TIME);

        nanos.addAndGet(300 * SECOND);
        updates.updated();
        assertThat(updates.take()).isEqualTo(Seen.ON_TIME);
        assertThat(updates.take()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void otherUpdatesAreEarlyEvenIfOneOnTimeFollows() {
        updates.updated();
        nanos.addAndGet(300 * SECOND - 1);
        updates.updated();
        nanos.addAndGet(301 * SECOND);
        updates.updated();

        assertThat(updates.take()).isEqualTo(Seen.EARLY);
        assertThat(updates.take()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void consumerWithoutReportsHasNoUpdates() {
        assertThat(MetadataUpdates.of(new MockConsumer<>("none")).take()).isEqualTo(Seen.NOTHING);
    }
}
