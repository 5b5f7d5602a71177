// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.testing.TestTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;

/** Starts and stops the channels of a test, and puts and takes events. For one thread, except for the static methods. */
public final class RunningChannels implements AutoCloseable {

    /** Each attempt waits for {@code kafka.pollTimeout}. */
    private static final int ATTEMPTS = 100;

    private final List<ChannelComponent> started = new ArrayList<>();

    /** Starts a channel that stores its events in this topic. */
    ChannelComponent start(String name, TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", topic.bootstrapServers());
        all.put("kafka.topic", topic.name());
        return start(name, all);
    }

    /** Starts a channel with exactly these properties. */
    ChannelComponent start(String name, Map<String, String> all) {
        ChannelComponent channel = new ChannelComponent();
        channel.setName(name);
        channel.configure(new Context(all));
        channel.start();
        started.add(channel);
        return channel;
    }

    /** Puts events in one transaction; rolls it back if that fails. */
    static void put(ChannelComponent channel, List<Event> events) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            events.forEach(channel::put);
            transaction.commit();
        } catch (RuntimeException | Error failed) {
            transaction.rollback();
            throw failed;
        } finally {
            transaction.close();
        }
    }

    /** Takes one event in a transaction of its own; retries until there is one. */
    static Event take(ChannelComponent channel) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Transaction transaction = channel.getTransaction();
            transaction.begin();
            Event event = channel.take();
            transaction.commit();
            transaction.close();
            if (event != null) {
                return event;
            }
        }
        throw new AssertionError("nothing came");
    }

    /** Returns events whose bodies are consecutive numbers. */
    static List<Event> numbered(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> EventBuilder.withBody(Integer.toString(number), UTF_8))
                .toList();
    }

    static List<String> numbers(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Integer::toString).toList();
    }

    @Override
    public void close() {
        started.forEach(ChannelComponent::stop);
    }
}
