// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.config.AgentName;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.transaction.TransactionalBatches;
import io.flafka.produce.transaction.TransactionalIds;
import io.flafka.produce.transaction.TransactionalPublisher;
import java.util.Optional;

/**
 * Chooses how a component publishes: with Kafka's transactions if its producer has a {@code transactional.id}.
 *
 * @param clients creates the clients
 * @param kind what the components are
 */
public record PublisherFactory(KafkaClients clients, TransactionalIds.Kind kind) {

    /**
     * A publisher for one batch at a time, which the caller closes.
     *
     * @param component the component's name
     * @throws org.apache.flume.FlumeException if the client refuses its settings; those of transactional ones show with the first transaction
     */
    public BatchPublisher forOneBatch(String component, ClientSettings settings) {
        return transactional(component, settings)
                .orElseGet(() -> PipelinedPublisher.ofOneBatch(() -> clients.producer(settings), settings, clients::admin));
    }

    /** As {@link #forOneBatch}, for several batches at a time, of one thread or of several. */
    public BatchPublisher forSeveralBatches(String component, ClientSettings settings) {
        return transactional(component, settings)
                .orElseGet(() -> PipelinedPublisher.ofSeveralBatches(
                        () -> clients.producer(settings), settings, clients::admin));
    }

    private Optional<BatchPublisher> transactional(String component, ClientSettings settings) {
        return settings.transactionalId().map(given -> new TransactionalBatches(lanes(given, component, settings)));
    }

    private TransactionalPublisher lanes(String given, String component, ClientSettings settings) {
        return new TransactionalPublisher(
                new TransactionalIds(given, kind, AgentName.ofThisProcess().name(), component),
                (id, lane) -> clients.producer(settings.withTransactionalId(id, lane)),
                settings,
                clients::admin);
    }
}
