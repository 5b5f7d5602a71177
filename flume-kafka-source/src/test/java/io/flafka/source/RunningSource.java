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

/** Runs a source as an agent does: with Flume's runner and memory channels. Closing it stops the source. */
final class RunningSource implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int MAX_TAKE = 100;

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

    /** Starts a source. The properties are added to defaults for tests. */
    static RunningSource start(String name, Channel channel, String brokers, Map<String, String> properties) {
        return start(name, List.of(channel), brokers, properties);
    }

    /** Starts a source with several channels. {@link #take} reads the first. */
    static RunningSource start(String name, List<Channel> channels, String brokers, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("kafka.bootstrap.servers", brokers));
        all.putAll(properties);
        return start(name, channels, all);
    }

    /** Starts a source whose properties name the brokers or ZooKeeper. An empty value removes a default. */
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

    /** Starts a memory channel for {@code capacity} events. A full channel rejects a batch at once. */
    static MemoryChannel channel(int capacity) {
        return channel(capacity, Duration.ZERO);
    }

    /** Starts a memory channel for {@code capacity} events. A full channel waits for {@code keepAlive} before it rejects a batch. */
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

    /** Takes {@code count} or more events from the channel. Fails if they do not arrive in time. */
    List<Event> take(int count) {
        List<Event> events = new ArrayList<>();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (events.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Only " + events.size() + " of " + count + " events within " + TIMEOUT);
            }
            events.addAll(takeAvailable(channel));
        }
        return events;
    }

    /** Takes the next event, or nothing after the channel's {@code keepAlive}. */
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

    /** Takes the events that the channel has now, up to a limit. */
    static List<Event> takeAvailable(Channel channel) {
        List<Event> events = new ArrayList<>();
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            Event event = channel.take();
            while (event != null) {
                events.add(event);
                event = events.size() < MAX_TAKE ? channel.take() : null;
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

    /** Reads a counter of the source through JMX. */
    long counter(String attribute) {
        try {
            ObjectName counters = new ObjectName("org.apache.flume.source:type=" + source.getName());
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(counters, attribute);
        } catch (JMException missing) {
            throw new AssertionError(missing);
        }
    }

    /** Returns how many rebalances the consumer has taken part in. */
    double rebalances() {
        try {
            ObjectName coordinator = new ObjectName(
                    "kafka.consumer:type=consumer-coordinator-metrics,client-id=flafka-agent-" + source.getName());
            return (double) ManagementFactory.getPlatformMBeanServer().getAttribute(coordinator, "rebalance-total");
        } catch (JMException missing) {
            throw new AssertionError(missing);
        }
    }

    @Override
    public void close() {
        runner.stop();
    }
}
