// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.admin.Admin;

/** Makes administrators; a test puts one of its own in its place. */
@FunctionalInterface
public interface AdminFactory {

    /** Makes the real ones. */
    AdminFactory KAFKA = settings -> Admin.create(settings.forAdmin().properties());

    /**
     * A new administrator for the cluster of a producer or consumer, which the caller closes.
     *
     * @param settings of that client
     * @throws org.apache.kafka.common.KafkaException if the client refuses its settings
     */
    Admin create(ClientSettings settings);
}
