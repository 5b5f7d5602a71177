// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

/** A running Kafka, from a client's point of view. {@link #close} ends its processes and deletes its data. */
public interface KafkaCluster extends AutoCloseable {

    /** Returns the {@code bootstrap.servers} of a client. */
    String bootstrapServers();

    /** Returns how many brokers it has when all are running. */
    int size();

    @Override
    void close();
}
