// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Creates consumers and producers that give their metrics to their component. Admin clients live for one question, and do not.
 *
 * @param clients creates the clients
 * @param metrics gets their metrics
 */
record ReportingClients(KafkaClients clients, ClientMetrics metrics) implements KafkaClients {

    @Override
    public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
        Consumer<byte[], byte[]> consumer = clients.consumer(settings.reportingTo(metrics));
        metrics.onConsumerCreated(settings.clientId());
        return consumer;
    }

    @Override
    public Producer<String, byte[]> producer(ClientSettings settings) {
        Producer<String, byte[]> producer = clients.producer(settings.reportingTo(metrics));
        metrics.onProducerCreated(settings.clientId());
        return producer;
    }

    /** That of dead letters: it does not count as replaced, because no event waits for it. */
    @Override
    public Producer<byte[], byte[]> bytesProducer(ClientSettings settings) {
        return clients.bytesProducer(settings.reportingTo(metrics));
    }

    @Override
    public Admin admin(ClientSettings settings) {
        return clients.admin(settings);
    }
}
