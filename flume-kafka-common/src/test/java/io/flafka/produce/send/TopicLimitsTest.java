// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.flafka.client.ClientSettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

/** During an outage of the brokers a batch with many topics asks once, not once per topic. */
class TopicLimitsTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of());

    private final AtomicInteger clients = new AtomicInteger();

    @Test
    void asksAboutNoOtherTopicIfNoClientCanBeCreated() {
        assertAsksOnce(new TopicLimits(
                settings -> {
                    clients.incrementAndGet();
                    throw new KafkaException("no resolvable bootstrap urls");
                },
                SETTINGS));
    }

    @Test
    void asksAboutNoOtherTopicIfTheBrokersDoNotAnswer() {
        assertAsksOnce(new TopicLimits(
                settings -> {
                    clients.incrementAndGet();
                    return silentBrokers();
                },
                SETTINGS));
    }

    private void assertAsksOnce(TopicLimits limits) {
        assertThat(IntStream.range(0, 100).mapToObj(number -> limits.missingReplicas("t" + number)))
                .hasSize(100)
                .allMatch(unknown -> unknown.isEmpty());
        assertThat(limits.maxMessageBytes("t")).isEmpty();
        assertThat(clients).hasValue(1);
    }

    private static Admin silentBrokers() {
        KafkaFutureImpl<TopicDescription> late = new KafkaFutureImpl<>();
        late.completeExceptionally(new TimeoutException("no node was available"));
        DescribeTopicsResult topics = mock(DescribeTopicsResult.class);
        when(topics.topicNameValues()).thenReturn(Map.of("t0", late));
        DescribeConfigsResult settings = mock(DescribeConfigsResult.class);
        when(settings.values()).thenReturn(Map.of());
        Admin admin = mock(Admin.class);
        when(admin.describeTopics(anyCollection(), any(DescribeTopicsOptions.class)))
                .thenReturn(topics);
        when(admin.describeConfigs(any(), any())).thenReturn(settings);
        return admin;
    }
}
