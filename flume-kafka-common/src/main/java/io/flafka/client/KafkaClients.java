// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Creates Kafka's clients: the real ones, unless a method is overridden, as tests do to use Kafka's mock clients. The caller closes them.
 *
 * <p>Thread-safe. No client connects to a broker before it is used.
 */
public interface KafkaClients {

    /** Creates nothing but real clients. */
    KafkaClients REAL = new KafkaClients() {};

    /** Returns these clients, changed to give their metrics to a component. */
    default KafkaClients reportingTo(ClientMetrics metrics) {
        return new ReportingClients(this, metrics);
    }

    /**
     * Creates a consumer that returns keys and values as bytes.
     *
     * @throws org.apache.flume.FlumeException if the client rejects its settings; the message has the deepest cause
     */
    default Consumer<byte[], byte[]> consumer(ClientSettings settings) {
        try {
            BrokerPortCheck.SHARED.check(settings);
            return new MetadataReportingConsumer(settings);
        } catch (KafkaException | LinkageError rejected) {
            throw settings.creationFailure("consumer", rejected);
        }
    }

    /**
     * Creates a producer with the serializers that the settings name.
     *
     * @throws org.apache.flume.FlumeException if the client rejects its settings; the message has the deepest cause
     */
    default Producer<String, byte[]> producer(ClientSettings settings) {
        try {
            BrokerPortCheck.SHARED.check(settings);
            return new KafkaProducer<>(settings.properties());
        } catch (KafkaException | LinkageError rejected) {
            throw settings.creationFailure("producer", rejected);
        }
    }

    /**
     * Creates a producer that writes keys and values as the bytes they are.
     *
     * @throws org.apache.flume.FlumeException if the client rejects its settings; the message has the deepest cause
     */
    default Producer<byte[], byte[]> bytesProducer(ClientSettings settings) {
        try {
            BrokerPortCheck.SHARED.check(settings);
            return new KafkaProducer<>(settings.properties(), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException | LinkageError rejected) {
            throw settings.creationFailure("producer", rejected);
        }
    }

    /**
     * Creates an admin client for the cluster of a producer or consumer.
     *
     * @param settings that client's settings
     * @throws KafkaException if the client rejects its settings
     */
    default Admin admin(ClientSettings settings) {
        BrokerPortCheck.SHARED.check(settings);
        return Admin.create(settings.forAdmin().properties());
    }
}
