// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.client.AgentName;
import io.flafka.client.ClientSettings;
import io.flafka.client.ProducerFactory;

/**
 * Chooses how a component publishes: with Kafka's transactions if its producer has a {@code transactional.id}.
 *
 * @param producers makes the clients
 */
public record PublisherFactory(ProducerFactory producers) {

    /**
     * A publisher, which the caller closes.
     *
     * @param component the component's name
     * @throws org.apache.flume.FlumeException if the client refuses its settings; those of transactional ones show with the first transaction
     */
    public EventPublisher create(String component, ClientSettings settings) {
        return settings.transactionalId()
                .<EventPublisher>map(given -> transactional(given, component, settings))
                .orElseGet(() -> new SharedPublisher(producers.create(settings), settings.brokers()));
    }

    private TransactionalPublisher transactional(String given, String component, ClientSettings settings) {
        return new TransactionalPublisher(
                new TransactionalIds(given, AgentName.ofThisProcess().name(), component),
                (id, lane) -> producers.create(settings.withTransactionalId(id, lane)),
                settings.brokers());
    }
}
