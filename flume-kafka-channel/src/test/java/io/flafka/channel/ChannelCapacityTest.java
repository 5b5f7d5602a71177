// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the capacity that the channel reports to Flume and its metrics. */
class ChannelCapacityTest {

    private final ChannelComponent channel = new ChannelComponent(new KafkaClients() {
        @Override
        public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
            return new MockConsumer<>("earliest");
        }

        @Override
        public Producer<String, byte[]> producer(ClientSettings settings) {
            return new MockProducer<>();
        }
    });

    @AfterEach
    void stop() {
        channel.stop();
    }

    @Test
    void reportsTheCapacityOfTheAgentFile() throws JMException {
        start(Map.of("capacity", "500", "transactionCapacity", "50"));

        assertThat(channel.getTransactionCapacity()).isEqualTo(50);
        assertThat(counter("ChannelCapacity")).isEqualTo(500L);
        assertThat(counter("ChannelFillPercentage")).isEqualTo(0.0);
    }

    @Test
    void hasNoLimitByDefault() throws JMException {
        start(Map.of());

        assertThat(channel.getTransactionCapacity()).isEqualTo(Long.MAX_VALUE);
        assertThat(counter("ChannelCapacity")).isEqualTo(Long.MAX_VALUE);
        assertThat(counter("ChannelFillPercentage")).isEqualTo(0.0);
    }

    private void start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", "a:1");
        channel.setName("capacity");
        channel.configure(new Context(all));
        channel.start();
    }

    private static Object counter(String name) throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("org.apache.flume.channel:type=capacity"), name);
    }
}
