// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LogLines;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.junit.jupiter.api.Test;

/** Tests a source whose agent runs out of memory. */
class KafkaSourceMemoryTest {

    /** The first consumer may have passed over records in the poll that failed. */
    @Test
    void aNewConsumerReplacesTheOneThatRanOutOfMemory() {
        MockConsumer<byte[], byte[]> first = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
        MockConsumer<byte[], byte[]> second = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
        first.schedulePollTask(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        Deque<MockConsumer<byte[], byte[]>> consumers = new ArrayDeque<>(List.of(first, second));
        SourceComponent source = new SourceComponent(new KafkaClients() {
            @Override
            public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
                return consumers.remove();
            }
        });
        source.setName("r-memory");
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of());
        source.setChannelProcessor(new ChannelProcessor(selector));
        source.configure(new Context(Map.of("kafka.bootstrap.servers", "b:9092", "kafka.topics", "t")));
        source.start();

        try (LogLines log = new LogLines(SourceComponent.class)) {
            assertThat(source.process()).isEqualTo(Status.BACKOFF);
            assertThat(source.process()).isEqualTo(Status.BACKOFF);

            assertThat(log.lines())
                    .first()
                    .asString()
                    .startsWith(
                            "ERROR KafkaSource r-memory: out of memory (Java heap space): a new consumer replaces the current one, and reads on"
                                    + " after the last delivered event; nothing is lost. The agent's heap is ");
            assertThat(first.closed()).isTrue();
            assertThat(second.subscription()).containsExactly("t");
        } finally {
            source.stop();
        }
        assertThat(second.closed()).isTrue();
    }
}
