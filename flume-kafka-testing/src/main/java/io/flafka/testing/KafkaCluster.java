// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

/** A running Kafka, from a client's point of view. Closing it ends its processes and deletes its data. */
public interface KafkaCluster extends AutoCloseable {

    /** What a client's {@code bootstrap.servers} takes. */
    String bootstrapServers();

    /** How many brokers it has when all are well. */
    int size();

    @Override
    void close();
}
