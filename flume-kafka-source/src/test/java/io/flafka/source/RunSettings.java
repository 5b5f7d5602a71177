// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.client.ClientSettings;
import io.flafka.config.NamePatterns;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.exactlyonce.DeliveryGuarantee;
import io.flafka.zookeeper.ZooKeeperUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Creates the settings of a source that reads topic {@code t} in batches of at most 3 events. */
final class RunSettings {

    private RunSettings() {}

    static SourceSettings of(ClientSettings consumer, EventCodec codec, ErrorTolerance errors) {
        return new SourceSettings(
                new TopicSubscription.Listed(List.of("t")),
                new BatchBounds(3, 1, Duration.ofMillis(1)),
                DeliveryGuarantee.AT_LEAST_ONCE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                codec,
                BodySharing.SHARED,
                Optional.of("topic"),
                HeaderMapping.none(),
                HeaderSelection.none(),
                errors,
                consumer,
                ReadRange.WHOLE,
                new ZooKeeperUse(Optional.empty(), Optional.empty()),
                NamePatterns.NONE);
    }
}
