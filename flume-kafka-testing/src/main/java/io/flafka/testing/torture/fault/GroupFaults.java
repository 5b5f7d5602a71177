// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebalances: a further member joins the consumer group, reads without committing, and leaves. */
final class GroupFaults {
    private static final Logger LOG = LoggerFactory.getLogger(GroupFaults.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Stage stage;
    private final Membership membership;

    /**
     * Where the member joins.
     *
     * @param group the group
     * @param topic its topic
     * @param protocol the group protocol
     */
    record Membership(String group, String topic, String protocol) {}

    GroupFaults(Stage stage, Membership membership) {
        this.stage = stage;
        this.membership = membership;
    }

    List<FaultKind> kinds() {
        return List.of(this::join);
    }

    private Fault join(Random random) {
        AtomicReference<Member> member = new AtomicReference<>();
        return new Fault(
                "extra-member",
                membership.group(),
                Durations.seconds(random, 1, 8),
                Set.of("group"),
                () -> member.set(new Member(stage.brokers().bootstrapServers(), membership)),
                () -> {
                    Member joined = member.get();
                    if (joined != null) {
                        joined.leave();
                    }
                });
    }

    /** A consumer with a thread of its own. */
    private static final class Member {
        private static final Duration LEAVE = Duration.ofSeconds(30);

        private final Thread thread;
        private volatile boolean leaving;

        Member(String bootstrapServers, Membership membership) {
            this.thread = new Thread(() -> poll(bootstrapServers, membership), "extra-member");
            thread.setDaemon(true);
            thread.start();
        }

        private void poll(String bootstrapServers, Membership membership) {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    bootstrapServers,
                    "group.id",
                    membership.group(),
                    "group.protocol",
                    membership.protocol(),
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest");
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(membership.topic()));
                while (!leaving) {
                    consumer.poll(POLL);
                }
            } catch (KafkaException unusable) {
                LOG.warn("The extra member ends early", unusable);
            }
        }

        void leave() {
            leaving = true;
            try {
                thread.join(LEAVE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
