// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.consume.IdleConsumerReport;
import io.flafka.consume.offsets.OffsetCommitter;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of a channel that reads Kafka: always polling, so that no stalled sink costs the group membership, and the only one that touches its
 * consumer, from the subscription to the end. A consumer that has become of no use is replaced: the reader outlives whatever Kafka's client throws.
 */
public final class ReaderThread implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderThread.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
    /** Longer than the group's heartbeats are apart: a group that refuses them is not over with each poll in between. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private final String channel;
    private final ReadSettings settings;
    private final ReaderClient client;
    private final IdleConsumerReport watch;
    private final AssignedQueues queues;
    private final ReaderOutage trouble;
    private final ChannelMetrics metrics;
    private final ChannelSizeGauge backlog;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean polling;
    private CommitSchedule commits;
    private String end;

    public ReaderThread(
            String channel,
            ReadSettings settings,
            String threadName,
            ReaderClient.Maker clients,
            IdleConsumerReport watch,
            TakeBuffer buffer,
            ChannelMetrics metrics) {
        this.channel = channel;
        this.settings = settings;
        this.client = new ReaderClient(clients, settings.topic(), this);
        this.watch = watch;
        this.metrics = metrics;
        this.queues = buffer.newReader(this::wake);
        this.trouble = new ReaderOutage(channel, settings.topic(), CALM, queues);
        this.backlog = new ChannelSizeGauge(queues);
        this.commits = commitsOf(client);
        this.end = "KafkaChannel %s: has stopped".formatted(channel);
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, bug) -> LOG.error(
                "KafkaChannel {}: its consumer has ended by an error of this plugin; restart the agent, and report it",
                channel,
                bug));
    }

    private CommitSchedule commitsOf(ReaderClient current) {
        return new CommitSchedule(
                channel,
                queues,
                new OffsetCommitter(current.consumer(), current.positions()),
                settings.commitInterval(),
                metrics);
    }

    /** Begins to read, at the first call. */
    void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Tells the thread to end. */
    public void stop() {
        stopping.countDown();
        if (started.compareAndSet(false, true)) {
            end();
        } else {
            client.wakeUp();
        }
    }

    /** After {@link #stop}: waits until the thread has ended, with everything committed that sinks were done with; false if it has not in time. */
    boolean awaitEnd(Duration timeout) {
        try {
            thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** How many events of its partitions are in the channel, as far as it knows. */
    long backlog() {
        return backlog.events();
    }

    @Override
    public void run() {
        try {
            while (stopping.getCount() > 0) {
                stepOrReplace();
            }
        } catch (OutOfMemoryError full) {
            end = trouble.outOfMemory(full);
        } finally {
            end();
        }
    }

    private void stepOrReplace() {
        try {
            if (!client.isOpen()) {
                open();
            } else if (client.hasLeftItsGroup()) {
                replaceAfter(new KafkaException("it was refused, and has left its group"));
            } else {
                step();
            }
        } catch (RuntimeException unforeseen) {
            // Kafka's client runs classes of the operator's. What such a consumer has passed over, nobody knows.
            replaceAfter(unforeseen);
        }
    }

    private void step() {
        try {
            poll();
        } catch (WakeupException somethingToDo) {
            // There is room again, or something to commit, or the end.
        } catch (FencedInstanceIdException fenced) {
            fenced();
        } catch (InterruptException foreign) {
            LOG.warn("KafkaChannel {}: its consumer was interrupted, and ends", channel);
            stopping.countDown();
        } catch (KafkaException refusal) {
            trouble.refused(refusal);
            pause();
        } finally {
            polling = false;
        }
        commits.commitIfDue();
    }

    /** From here on whatever is asked for ends the poll. */
    private void poll() {
        Set<TopicPartition> undecided = client.positions().retryUndecided();
        polling = true;
        pauseWhatIsFullOr(undecided);
        if (stopping.getCount() > 0) {
            Duration untilDue = commits.untilDue();
            var read = client.poll(untilDue.compareTo(POLL_TIMEOUT) < 0 ? untilDue : POLL_TIMEOUT, queues);
            queues.add(read);
            polling = false;
            trouble.polled(client.consumer(), read.count());
            watch.afterPoll(client.consumer());
            backlog.look(client.consumer());
        }
    }

    private void pauseWhatIsFullOr(Set<TopicPartition> undecided) {
        Set<TopicPartition> pause = queues.toPause();
        pause.addAll(undecided);
        client.pause(pause);
    }

    private void wake() {
        if (polling) {
            client.wakeUp();
        }
    }

    /** While they are still ours: open transactions may end, what they and those before them are done with is committed, the rest is the new owner's. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        polling = false;
        if (!queues.drain(partitions, settings.revocationGrace())) {
            LOG.warn(
                    "KafkaChannel {}: gives up {} with take transactions open that have not ended in {} ms; what they took is delivered again",
                    channel,
                    partitions,
                    settings.revocationGrace().toMillis());
        }
        try {
            commits.commitNow();
        } finally {
            queues.revoke(partitions);
            client.positions().onRevoked(partitions);
        }
    }

    /** They are another member's already: a commit now could rewind it. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warn(
                "KafkaChannel {}: the group has given {} to another member without asking; what was taken from there is delivered again",
                channel,
                partitions);
        queues.revoke(partitions);
        client.positions().onRevoked(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        polling = false;
        LOG.info("KafkaChannel {}: reads {}", channel, partitions);
        client.positions().onAssigned(partitions);
    }

    /** To join again would put the other one out, and so on for ever. */
    private void fenced() {
        end = trouble.fenced();
        stopping.countDown();
    }

    /** What was read and is not done is read again; what is done is committed if that is still possible. */
    private void replaceAfter(RuntimeException unforeseen) {
        polling = false;
        trouble.unforeseen(unforeseen);
        try {
            giveUpAll();
        } catch (RuntimeException useless) {
            // Whatever it throws, it is thrown away.
            LOG.warn(
                    "KafkaChannel {}: its old consumer has not ended cleanly ({}); what was delivered since the last commit may be delivered again",
                    channel,
                    useless.toString());
        }
        pause();
    }

    private void open() {
        try {
            client.replace();
            commits = commitsOf(client);
        } catch (FlumeException refused) {
            // It is tried again: the cause may be a file that is just being exchanged.
            trouble.unforeseen(refused);
            pause();
        }
    }

    private void pause() {
        try {
            stopping.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException foreign) {
            stopping.countDown();
        }
    }

    private void end() {
        try {
            giveUpAll();
        } finally {
            queues.ended(end);
            backlog.over();
        }
    }

    private void giveUpAll() {
        Set<TopicPartition> held = queues.partitions();
        try {
            if (!held.isEmpty()) {
                onPartitionsRevoked(held);
            }
        } finally {
            commits.abandon();
            client.close();
        }
    }
}
