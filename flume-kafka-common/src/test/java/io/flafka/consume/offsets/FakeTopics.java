// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientSettings;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;

/** Fakes brokers that know only the ids of topics, or do not answer. For one thread. */
final class FakeTopics {

    /** The topics of each lookup. */
    final List<Set<String>> lookups = new ArrayList<>();

    private final Map<String, Uuid> ids = new HashMap<>();
    private int openClients;
    private boolean down;

    /** Creates the topic, or recreates it with a new id. */
    void create(String topic, int number) {
        ids.put(topic, new Uuid(1, number));
    }

    /** Answers for this topic like brokers that are too old for ids. */
    void withoutIds(String topic) {
        ids.put(topic, Uuid.ZERO_UUID);
    }

    /** Returns the topic's id as text. */
    String id(String topic) {
        return String.valueOf(ids.get(topic));
    }

    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    /** Returns how many admin clients are open. */
    int openClients() {
        return openClients;
    }

    Admin admin(ClientSettings settings) {
        if (down) {
            throw new KafkaException("no broker");
        }
        openClients++;
        return (Admin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "describeTopics" -> {
                            return describe((Collection<?>) arguments[0]);
                        }
                        case "close" -> {
                            openClients--;
                            return null;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    private DescribeTopicsResult describe(Collection<?> topics) {
        Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();
        for (Object topic : topics) {
            String name = topic.toString();
            Uuid id = ids.get(name);
            KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
            if (id == null) {
                answer.completeExceptionally(new UnknownTopicOrPartitionException(name));
            } else {
                answer.complete(new TopicDescription(name, false, List.of(), Set.of(), id));
            }
            answers.put(name, answer);
        }
        lookups.add(Set.copyOf(answers.keySet()));
        return new Answers(answers);
    }

    private static final class Answers extends DescribeTopicsResult {

        Answers(Map<String, KafkaFuture<TopicDescription>> byName) {
            super(null, byName);
        }
    }
}
