// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientSettings;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Recognizes brokers that accept a user's records, but give it no producer id: those before 2.8 want the right {@code IdempotentWrite} on the cluster
 * (KIP-679), those before 0.11 have no producer ids. A bad record must not stop the flow there. Stateless.
 */
final class RefusedIdempotence {

    private RefusedIdempotence() {}

    /** Returns the refusal, if that is why a write failed: Kafka's client reports it with the answer, or throws it at the next record. */
    static Optional<Throwable> in(Exception failure, ClientSettings producer) {
        if ("false".equals(producer.properties().get(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG))) {
            return Optional.empty();
        }
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause ->
                        cause instanceof ClusterAuthorizationException || cause instanceof UnsupportedVersionException)
                .findFirst();
    }

    /** Returns settings for a producer that needs no producer id. A lost acknowledgement can then write a record twice. */
    static ClientSettings settingsWithout(ClientSettings producer) {
        return producer.with(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
    }
}
