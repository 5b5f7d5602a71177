// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.conf.Configurables;
import org.apache.flume.source.PollableSourceRunner;

/** A source as an agent runs it: on Flume's own runner, before Flume's own memory channel. Closing it stops the source. */
final class RunningSource implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int TAKEN_AT_ONCE = 100;

    private final SourceComponent source = new SourceComponent();
    private final PollableSourceRunner runner = new PollableSourceRunner();
    private final Channel channel;

    private RunningSource(String name, List<Channel> channels, Map<String, String> properties) {
        this.channel = channels.get(0);
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(channels);
        selector.configure(new Context());
        ChannelProcessor processor = new ChannelProcessor(selector);
        Configurables.configure(processor, new Context(properties));
        processor.initialize();
        source.setName(name);
        Configurables.configure(source, new Context(properties));
        source.setChannelProcessor(processor);
        runner.setSource(source);
    }

    /** Starts it; the properties are added to some that suit a test. */
    static RunningSource start(String name, Channel channel, String brokers, Map<String, String> properties) {
        return start(name, List.of(channel), brokers, properties);
    }

    /** The same before several channels; events are taken from the first. */
    static RunningSource start(String name, List<Channel> channels, String brokers, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("kafka.bootstrap.servers", brokers));
        all.putAll(properties);
        return start(name, channels, all);
    }

    /** The same, with brokers that the properties lead to. An empty value leaves a property out. */
    static RunningSource start(String name, List<Channel> channels, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.consumer.group.id", "group-" + name,
                "kafka.consumer.auto.offset.reset", "earliest",
                "batchDurationMillis", "200",
                "backoffSleepIncrement", "50",
                "maxBackoffSleep", "200"));
        all.putAll(properties);
        all.values().removeIf(String::isEmpty);
        RunningSource running = new RunningSource(name, channels, all);
        running.runner.start();
        return running;
    }

    /** A memory channel that takes so many events. */
    static MemoryChannel channel(int capacity) {
        return channel(capacity, Duration.ZERO);
    }

    /** The same, that waits so long for room. */
    static MemoryChannel channel(int capacity, Duration keepAlive) {
        MemoryChannel channel = new MemoryChannel();
        channel.setName("memory-" + capacity);
        String size = Integer.toString(capacity);
        Configurables.configure(
                channel,
                new Context(Map.of(
                        "capacity",
                        size,
                        "transactionCapacity",
                        size,
                        "keep-alive",
                        Long.toString(keepAlive.toSeconds()))));
        channel.start();
        return channel;
    }

    /** The next events in its channel, so many. */
    List<Event> take(int count) {
        List<Event> events = new ArrayList<>();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (events.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Only " + events.size() + " of " + count + " events within " + TIMEOUT);
            }
            events.addAll(takeWhatIsThere(channel));
        }
        return events;
    }

    /** The next event, waited for as long as the channel does. */
    static Optional<Event> takeNext(Channel channel) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            Optional<Event> event = Optional.ofNullable(channel.take());
            transaction.commit();
            return event;
        } finally {
            transaction.close();
        }
    }

    /** The first events that a channel holds at the moment. */
    static List<Event> takeWhatIsThere(Channel channel) {
        List<Event> events = new ArrayList<>();
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            Event event = channel.take();
            while (event != null) {
                events.add(event);
                event = events.size() < TAKEN_AT_ONCE ? channel.take() : null;
            }
            transaction.commit();
            return events;
        } finally {
            transaction.close();
        }
    }

    static List<String> bodies(List<Event> events) {
        return events.stream().map(event -> new String(event.getBody(), UTF_8)).toList();
    }

    /** One of its counters, as JMX shows it. */
    long counter(String attribute) {
        try {
            ObjectName counters = new ObjectName("org.apache.flume.source:type=" + source.getName());
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(counters, attribute);
        } catch (JMException none) {
            throw new AssertionError(none);
        }
    }

    /** How often it has joined its group. */
    double rebalances() {
        try {
            ObjectName coordinator = new ObjectName(
                    "kafka.consumer:type=consumer-coordinator-metrics,client-id=flafka-agent-" + source.getName());
            return (double) ManagementFactory.getPlatformMBeanServer().getAttribute(coordinator, "rebalance-total");
        } catch (JMException none) {
            throw new AssertionError(none);
        }
    }

    @Override
    public void close() {
        runner.stop();
    }
}
