// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Transaction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that a channel reads no further ahead of its sinks than its limit allows. */
class ChannelReadAheadIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MEGABYTE = 1_000_000;

    @Test
    void countsTheBytesOfHeaders() throws JMException {
        TestTopic topic = KAFKA.topic();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.name(), 0, null, null, new byte[] {1}, List.of(new RecordHeader("h", new byte[MEGABYTE])));
        for (int batch = 0; batch < 9; batch++) {
            topic.send(Collections.nCopies(10, record));
        }

        try (RunningChannels channels = new RunningChannels()) {
            ChannelComponent channel =
                    channels.start("ahead", topic, Map.of("parseAsFlumeEvent", "false", "readAheadBytes", "16000000"));
            Transaction transaction = channel.getTransaction();
            transaction.begin();
            channel.take();
            await().atMost(PATIENCE).until(() -> consumed() >= 16);

            await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(() -> true);

            assertThat(consumed()).isBetween(16, 20);
            transaction.rollback();
            transaction.close();
        }
    }

    /** Returns how many records Kafka's consumer has returned from its polls. */
    private static int consumed() throws JMException {
        var server = ManagementFactory.getPlatformMBeanServer();
        double sum = 0;
        for (ObjectName name : server.queryNames(
                new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*ahead*"), null)) {
            Object value = server.getAttribute(name, "records-consumed-total");
            sum += value instanceof Double number ? number : 0;
        }
        return (int) sum;
    }
}
