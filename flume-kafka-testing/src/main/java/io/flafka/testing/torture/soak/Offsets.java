// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many records a topic has had, through one connection. For any thread. */
final class Offsets implements AutoCloseable {
    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> latest;

    Offsets(String bootstrapServers, String topic, int partitions) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.latest = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    }

    long sum() throws InterruptedException {
        try {
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not tell its offsets", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
