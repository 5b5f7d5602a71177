// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** Sets how fast all clients of a cluster may write. Brokers delay the answers to faster ones. For any thread. */
public final class ProducerQuota {

    private ProducerQuota() {}

    /** Sets the quota of each client. */
    public static void set(KafkaCluster cluster, int bytesPerSecond) {
        // A null name is the default for all client ids.
        set(cluster, Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null), bytesPerSecond);
    }

    /** Sets the quota of one client. */
    public static void set(KafkaCluster cluster, String clientId, int bytesPerSecond) {
        set(cluster, Map.of(ClientQuotaEntity.CLIENT_ID, clientId), bytesPerSecond);
    }

    private static void set(KafkaCluster cluster, Map<String, String> clients, int bytesPerSecond) {
        ClientQuotaAlteration change = new ClientQuotaAlteration(
                new ClientQuotaEntity(clients),
                List.of(new ClientQuotaAlteration.Op("producer_byte_rate", (double) bytesPerSecond)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.alterClientQuotas(List.of(change)).all().get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException rejected) {
            throw new IllegalStateException("Kafka rejected the quota", rejected);
        }
    }
}
