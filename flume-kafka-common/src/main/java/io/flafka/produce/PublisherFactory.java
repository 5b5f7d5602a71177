// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.config.AgentName;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.transaction.Fencing;
import io.flafka.produce.transaction.TransactionMetrics;
import io.flafka.produce.transaction.TransactionalBatchPublisher;
import io.flafka.produce.transaction.TransactionalIds;
import io.flafka.produce.transaction.TransactionalPublisher;
import java.util.Optional;

/**
 * Chooses how a component publishes: in Kafka transactions if its producer has a {@code transactional.id}, otherwise without.
 *
 * @param clients creates the clients
 * @param kind the kind of component
 * @param metrics counts how Kafka transactions end
 */
public record PublisherFactory(KafkaClients clients, TransactionalIds.Kind kind, TransactionMetrics metrics) {

    /**
     * Returns a publisher for one batch at a time, which the caller closes.
     *
     * @param component the component's name
     * @throws org.apache.flume.FlumeException if Kafka's producer rejects its settings; a transactional producer does so with the first transaction
     */
    public BatchPublisher forOneBatch(String component, ClientSettings settings) {
        return transactional(component, settings)
                .orElseGet(() ->
                        PipelinedPublisher.ofOneBatch(() -> clients.producer(settings), settings, clients::admin));
    }

    /** Returns a publisher like {@link #forOneBatch}, but for several batches at a time, of one thread or of several. */
    public BatchPublisher forSeveralBatches(String component, ClientSettings settings) {
        return transactional(component, settings)
                .orElseGet(() -> PipelinedPublisher.ofSeveralBatches(
                        () -> clients.producer(settings), settings, clients::admin));
    }

    private Optional<BatchPublisher> transactional(String component, ClientSettings settings) {
        return settings.transactionalId()
                .map(prefix -> new TransactionalBatchPublisher(newTransactionalPublisher(
                        prefix, component, settings, TransactionalPublisher.Limits.WITHOUT_OFFSETS)));
    }

    /**
     * Returns a publisher for transactions with offsets, which the caller closes. The settings must have a {@code transactional.id}.
     *
     * @param component the component's name
     * @param maxProducers the most batches that are written at the same time
     */
    public TransactionalBatchPublisher forExactlyOnce(String component, ClientSettings settings, int maxProducers) {
        return new TransactionalBatchPublisher(newTransactionalPublisher(
                settings.transactionalId().orElseThrow(),
                component,
                settings,
                new TransactionalPublisher.Limits(maxProducers, Fencing.RETRIES)));
    }

    private TransactionalPublisher newTransactionalPublisher(
            String prefix, String component, ClientSettings settings, TransactionalPublisher.Limits limits) {
        return new TransactionalPublisher(
                new TransactionalIds(prefix, kind, AgentName.ofThisProcess().name(), component),
                (id, number) -> clients.producer(settings.withTransactionalId(id, number)),
                limits,
                settings,
                clients::admin,
                metrics);
    }
}
