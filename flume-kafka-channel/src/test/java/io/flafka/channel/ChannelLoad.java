// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flume.lifecycle.LifecycleState.START;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.OrderedPerPartition;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;

/**
 * Runs channels of several agents on one topic, with sources and sinks, and checks that all events arrive.
 *
 * <p>The consumer group has the topic's name. Each source and sink has its own thread until the load is closed. A source waits if it is far ahead of
 * the sinks.
 */
final class ChannelLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int BATCH = 20;
    private static final int FAR_AHEAD = 400;

    private final TestTopic topic;
    private final AtLeastOnce atLeastOnce = new AtLeastOnce();
    private final OrderedPerPartition ordered = new OrderedPerPartition();
    private final List<ChannelComponent> channels = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch stopSources = new CountDownLatch(1);
    private final CountDownLatch stopSinks = new CountDownLatch(1);
    private final AtomicInteger runningSources = new AtomicInteger();
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    ChannelLoad(TestTopic topic) {
        this.topic = topic;
    }

    /** Starts the channel of another agent. */
    ChannelComponent channel(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", topic.bootstrapServers());
        all.put("kafka.topic", topic.name());
        all.put("partitionIdHeader", "p");
        all.put("kafka.consumer.group.id", topic.name());
        ChannelComponent channel = new ChannelComponent();
        channel.setName("c" + channels.size());
        channel.configure(new Context(all));
        channel.start();
        channels.add(channel);
        return channel;
    }

    /** Starts a source that puts into one partition. It retries a batch that fails, like a source that reads a file. */
    void source(ChannelComponent channel, int partition) {
        NumberedEvents numbers = new NumberedEvents("p" + partition);
        runningSources.incrementAndGet();
        threads.execute(() -> {
            while (stopSources.getCount() > 0) {
                if (put.get() - taken.get() < FAR_AHEAD) {
                    put(channel, partition, numbers.next(BATCH));
                } else {
                    pause();
                }
            }
            runningSources.decrementAndGet();
        });
    }

    private void put(ChannelComponent channel, int partition, List<String> bodies) {
        atLeastOnce.addSent(bodies);
        ordered.addSent(partition, bodies);
        while (!tryPut(channel, partition, bodies)) {
            pause();
        }
        atLeastOnce.addAcknowledged(bodies);
        put.addAndGet(bodies.size());
    }

    private static boolean tryPut(ChannelComponent channel, int partition, List<String> bodies) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            bodies.forEach(body -> channel.put(
                    EventBuilder.withBody(body, UTF_8, new HashMap<>(Map.of("p", Integer.toString(partition))))));
            transaction.commit();
            return true;
        } catch (ChannelException failed) {
            transaction.rollback();
            return false;
        } finally {
            transaction.close();
        }
    }

    /** Starts a sink whose batches all succeed. */
    void sink(ChannelComponent channel) {
        sink(channel, Integer.MAX_VALUE);
    }

    /**
     * Starts a sink that stops with its channel.
     *
     * @param failingBatch every how many batches one is rolled back
     */
    void sink(ChannelComponent channel, int failingBatch) {
        threads.execute(() -> {
            for (int batch = 1; stopSinks.getCount() > 0 && channel.getLifecycleState() == START; batch++) {
                if (!tryTake(channel, batch % failingBatch == 0)) {
                    pause();
                }
            }
        });
    }

    private boolean tryTake(ChannelComponent channel, boolean fails) {
        Transaction transaction;
        try {
            transaction = channel.getTransaction();
        } catch (ChannelException stopped) {
            return false;
        }
        transaction.begin();
        try {
            List<Event> batch = batch(channel);
            if (fails) {
                transaction.rollback();
            } else {
                arrived(batch);
                transaction.commit();
            }
            return true;
        } catch (ChannelException failed) {
            transaction.rollback();
            return false;
        } finally {
            transaction.close();
        }
    }

    private static List<Event> batch(ChannelComponent channel) {
        List<Event> batch = new ArrayList<>();
        Event event = channel.take();
        while (event != null) {
            batch.add(event);
            event = batch.size() < BATCH ? channel.take() : null;
        }
        return batch;
    }

    /** Records that these events were delivered; their transaction is not committed yet. */
    void arrived(List<Event> events) {
        for (Event event : events) {
            List<String> body = List.of(new String(event.getBody(), UTF_8));
            atLeastOnce.addArrived(body);
            ordered.addArrived(Integer.parseInt(event.getHeaders().getOrDefault("p", "0")), body);
        }
        taken.addAndGet(events.size());
    }

    /** Returns how many events were delivered, with duplicates. */
    long delivered() {
        return taken.get();
    }

    /** Waits until this many more events are delivered. */
    void awaitDelivered(int more) {
        long goal = delivered() + more;
        await().atMost(PATIENCE).until(() -> delivered() >= goal);
    }

    /** Stops the sources, and checks that all acknowledged events arrive in order. */
    void assertAllArriveInOrder() {
        assertAllArrive();
        ordered.assertHolds();
    }

    /** Stops the sources, and checks that all acknowledged events arrive. */
    void assertAllArrive() {
        stopSources.countDown();
        await().atMost(PATIENCE).until(() -> runningSources.get() == 0);
        await().atMost(PATIENCE).until(() -> atLeastOnce.missing().isEmpty());
        atLeastOnce.assertHolds();
    }

    int duplicates() {
        return atLeastOnce.duplicates();
    }

    private void pause() {
        try {
            stopSinks.await(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopSources.countDown();
        stopSinks.countDown();
        threads.shutdown();
        channels.forEach(ChannelComponent::stop);
        await().atMost(PATIENCE).until(threads::isTerminated);
    }
}
