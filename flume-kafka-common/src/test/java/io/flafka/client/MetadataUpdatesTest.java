// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.MetadataUpdates.Seen;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** Metadata that come before their time are a hint that something has changed. */
class MetadataUpdatesTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(5);
    private final MetadataUpdates updates = new MetadataUpdates(Duration.ofMinutes(5), nanos::get);

    @Test
    void nothingHasComeAtFirst() {
        assertThat(updates.take()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void theFirstAndThoseAsOldAsTheyMayGetAreOnTime() {
        updates.updated();
        assertThat(updates.take()).isEqualTo(Seen.ON_TIME);

        nanos.addAndGet(300 * SECOND);
        updates.updated();
        assertThat(updates.take()).isEqualTo(Seen.ON_TIME);
        assertThat(updates.take()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void theOthersAreEarlyAlsoIfOneOnTimeFollows() {
        updates.updated();
        nanos.addAndGet(300 * SECOND - 1);
        updates.updated();
        nanos.addAndGet(301 * SECOND);
        updates.updated();

        assertThat(updates.take()).isEqualTo(Seen.EARLY);
        assertThat(updates.take()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void aConsumerThatDoesNotReportHasNone() {
        assertThat(MetadataUpdates.of(new MockConsumer<>("none")).take()).isEqualTo(Seen.NOTHING);
    }
}
