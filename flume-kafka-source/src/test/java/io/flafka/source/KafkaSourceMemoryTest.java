// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LogLines;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.junit.jupiter.api.Test;

/** Tests a source whose agent runs out of memory. */
class KafkaSourceMemoryTest {

    @Test
    void logsTheErrorAndStops() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
        consumer.schedulePollTask(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        SourceComponent source = new SourceComponent(new KafkaClients() {
            @Override
            public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
                return consumer;
            }
        });
        source.setName("r-memory");
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of());
        source.setChannelProcessor(new ChannelProcessor(selector));
        source.configure(new Context(Map.of("kafka.bootstrap.servers", "b:9092", "kafka.topics", "t")));
        source.start();

        try (LogLines log = new LogLines(SourceComponent.class)) {
            assertThatThrownBy(source::process).isInstanceOf(OutOfMemoryError.class);

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "ERROR KafkaSource r-memory: out of memory (Java heap space): it has stopped; nothing is lost. The agent's heap is ");
        } finally {
            source.stop();
        }
        assertThat(consumer.closed()).isTrue();
    }
}
