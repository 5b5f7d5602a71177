// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.RunningChannels.numbered;
import static io.flafka.channel.RunningChannels.numbers;
import static io.flafka.channel.RunningChannels.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests real consumers that throw exceptions Kafka does not document: the channel continues, without loss or duplicates. */
class ChannelReaderIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GROUP = "flume-injected";

    /** Each runs once, before a poll or, if it throws, instead of it. */
    private final Queue<java.util.function.Consumer<Consumer<?, ?>>> injections = new ConcurrentLinkedQueue<>();

    private final AtomicInteger consumersCreated = new AtomicInteger();
    private final TestTopic topic = KAFKA.topic();
    private final ChannelComponent channel = new ChannelComponent(new KafkaClients() {
        @Override
        public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
            consumersCreated.incrementAndGet();
            return injectingFaults(REAL.consumer(settings));
        }
    });

    @AfterEach
    void stop() {
        channel.stop();
    }

    @Test
    void replacesAConsumerAfterAnUndocumentedException() {
        start();
        put(channel, numbered(0, 10));
        assertThat(take(10)).isEqualTo(numbers(0, 10));
        await().atMost(PATIENCE).until(() -> topic.committed(GROUP).equals(Map.of(0, 10L)));

        injections.add(consumer -> {
            throw new IllegalStateException("No current assignment for partition t-0");
        });
        await().atMost(PATIENCE).until(injections::isEmpty);
        put(channel, numbered(10, 10));

        assertThat(take(10)).isEqualTo(numbers(10, 10));
        assertThat(consumersCreated).hasValue(2);
    }

    @Test
    void replacesAConsumerThatWasClosed() {
        start();
        put(channel, numbered(0, 10));
        assertThat(take(10)).isEqualTo(numbers(0, 10));
        await().atMost(PATIENCE).until(() -> topic.committed(GROUP).equals(Map.of(0, 10L)));

        injections.add(Consumer::close);
        await().atMost(PATIENCE).until(injections::isEmpty);
        put(channel, numbered(10, 10));

        assertThat(take(10)).isEqualTo(numbers(10, 10));
        assertThat(consumersCreated).hasValue(2);
        channel.stop();
        assertThat(topic.committed(GROUP)).isEqualTo(Map.of(0, 20L));
    }

    private void start() {
        channel.setName("c1");
        channel.configure(new Context(Map.of(
                "kafka.bootstrap.servers",
                topic.bootstrapServers(),
                "kafka.topic",
                topic.name(),
                "kafka.consumer.group.id",
                GROUP)));
        channel.start();
    }

    private List<String> take(int count) {
        List<String> taken = new ArrayList<>();
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            Transaction transaction = channel.getTransaction();
            transaction.begin();
            try {
                for (Event event = channel.take(); event != null; event = channel.take()) {
                    taken.add(new String(event.getBody(), UTF_8));
                }
                transaction.commit();
            } catch (ChannelException notNow) {
                transaction.rollback();
            } finally {
                transaction.close();
            }
            return taken.size() >= count;
        });
        return taken;
    }

    @SuppressWarnings("unchecked")
    private Consumer<byte[], byte[]> injectingFaults(Consumer<byte[], byte[]> real) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    var injection = method.getName().equals("poll") ? injections.poll() : null;
                    if (injection != null) {
                        injection.accept(real);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
