// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flume.Context;
import org.apache.flume.SinkProcessor;
import org.apache.flume.SinkRunner;
import org.apache.flume.conf.Configurables;
import org.apache.flume.sink.FailoverSinkProcessor;
import org.apache.flume.sink.LoadBalancingSinkProcessor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sink groups under Flume's own processors. One sink has an unreachable cluster; the other one delivers everything. */
@Timeout(120)
class SinkGroupIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final int EVENTS = 500;

    private final FaultyChannel channel = new FaultyChannel();

    @AfterEach
    void stopChannel() {
        channel.stop();
        assertThat(channel.closed).hasValue(channel.opened.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void failoverUsesReachableCluster(int batchesInFlight) {
        FailoverSinkProcessor failover = new FailoverSinkProcessor();

        assertDeliversAll(failover, Map.of("priority.dead", "2", "priority.live", "1"), batchesInFlight);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void loadBalancingUsesReachableCluster(int batchesInFlight) {
        LoadBalancingSinkProcessor balancing = new LoadBalancingSinkProcessor();

        assertDeliversAll(balancing, Map.of("backoff", "true"), batchesInFlight);
    }

    @Test
    void failoverUsesReachableClusterIfOtherBrokerNameIsUnknown() {
        assertDeliversAll(
                new FailoverSinkProcessor(),
                Map.of("priority.dead", "2", "priority.live", "1"),
                "gone.invalid:9092",
                1);
    }

    private void assertDeliversAll(SinkProcessor processor, Map<String, String> properties, int batchesInFlight) {
        assertDeliversAll(processor, properties, "127.0.0.1:" + FreePort.find(), batchesInFlight);
    }

    private void assertDeliversAll(
            SinkProcessor processor, Map<String, String> properties, String deadBrokers, int batchesInFlight) {
        TestTopic topic = KAFKA.topic();
        List<String> events = new NumberedEvents("e").next(EVENTS);
        channel.add(events.toArray(String[]::new));
        SinkComponent dead = sink("dead", deadBrokers, topic.name(), batchesInFlight);
        SinkComponent live = sink("live", topic.bootstrapServers(), topic.name(), batchesInFlight);
        processor.setSinks(List.of(dead, live));
        Configurables.configure(processor, new Context(properties));
        SinkRunner runner = new SinkRunner(processor);

        runner.start();
        Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> topic.endOffsets().getOrDefault(0, 0L) >= EVENTS);
        runner.stop();

        assertThat(topic.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactlyInAnyOrderElementsOf(events);
    }

    private SinkComponent sink(String name, String brokers, String topic, int batchesInFlight) {
        SinkComponent sink = new SinkComponent();
        sink.setName(name);
        sink.setChannel(channel);
        Map<String, String> properties = new HashMap<>();
        properties.put("kafka.bootstrap.servers", brokers);
        properties.put("kafka.topic", topic);
        properties.put("flumeBatchSize", "20");
        properties.put("maxInFlightBatches", Integer.toString(batchesInFlight));
        properties.put("kafka.producer.max.block.ms", "1000");
        properties.put("kafka.producer.client.id", name + UUID.randomUUID());
        Configurables.configure(sink, new Context(properties));
        return sink;
    }
}
