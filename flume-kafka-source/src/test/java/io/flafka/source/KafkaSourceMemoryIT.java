// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records with large headers meet a full channel: the source keeps only one poll, and Kafka's fetch limit counts headers. */
@Timeout(240)
class KafkaSourceMemoryIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final int RECORDS = 80;
    private static final int HEADER_BYTES = 200_000;
    private static final int FETCH_BYTES = 1 << 20;
    private static final int ATTEMPTS = 10;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel fullChannel = RunningSource.channel(1);

    @Test
    void keepsOnlyOnePollOfRecordsWithLargeHeaders() {
        TestTopic topic = KAFKA.topic();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            ProducerRecord<byte[], byte[]> record = topic.record("v" + i);
            record.headers().add("ballast", new byte[HEADER_BYTES]);
            records.add(record);
        }
        topic.send(records);
        Map<String, String> properties = Map.of(
                "kafka.topics",
                topic.name(),
                "kafka.consumer.max.partition.fetch.bytes",
                Integer.toString(FETCH_BYTES),
                "headers.include",
                "*");

        try (RunningSource running = RunningSource.start(name, fullChannel, topic.bootstrapServers(), properties)) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > ATTEMPTS);

            assertThat(consumed("records-consumed-total")).isBetween(2.0, (double) FETCH_BYTES / HEADER_BYTES);
            assertThat(consumed("bytes-consumed-total")).isBetween(2.0 * HEADER_BYTES, (double) FETCH_BYTES);
        }
        fullChannel.stop();
    }

    /** Reads a metric of what the consumer returned to the source. */
    private double consumed(String attribute) {
        try {
            ObjectName fetches =
                    new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=flafka-agent-" + name);
            return (double) ManagementFactory.getPlatformMBeanServer().getAttribute(fetches, attribute);
        } catch (JMException missing) {
            throw new AssertionError(missing);
        }
    }
}
