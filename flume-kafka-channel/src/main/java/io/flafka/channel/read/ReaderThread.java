// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.consume.ConsumerLag;
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
 * A thread that reads Kafka for a channel.
 *
 * <p>It polls all the time, so that a stalled sink does not cost the group membership. It is the only thread that uses its consumer, from the
 * subscription to the close. If the consumer fails for any reason, the thread replaces it and goes on.
 */
public final class ReaderThread implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderThread.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    /** Longer than the interval of the group's heartbeats, so that polls between refused heartbeats do not count as the end of an outage. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private final String channel;
    private final ReadSettings settings;
    private final ReaderClient client;
    private final IdleConsumerReport idleReport;
    private final AssignedQueues queues;
    private final ReaderOutage outage;
    private final ChannelMetrics metrics;
    private final ReaderGauges gauges;
    private final RebalanceLog rebalances;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean isPolling;
    private CommitSchedule commits;
    private String stopReason;
    private volatile boolean mustCloseClient;

    public ReaderThread(
            String channel,
            ReadSettings settings,
            String threadName,
            ReaderClient.Factory clients,
            IdleConsumerReport idleReport,
            TakeBuffer buffer,
            ChannelMetrics metrics) {
        this.channel = channel;
        this.settings = settings;
        this.client = new ReaderClient(clients, settings.topic(), this);
        this.idleReport = idleReport;
        this.metrics = metrics;
        this.queues = new AssignedQueues(channel, buffer, this::wake);
        this.outage = new ReaderOutage(channel, settings.topic(), clients.access(), CALM, queues);
        this.gauges = new ReaderGauges(queues, metrics.takes().paused().newReader());
        this.rebalances = new RebalanceLog(channel, metrics.consumer());
        this.commits = newCommits();
        this.stopReason = "KafkaChannel %s: has stopped".formatted(channel);
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((stopped, bug) -> LOG.error(
                "KafkaChannel {}: a reader has stopped because of an error that it cannot handle; restart the agent. If no class of your own is in the stack trace, report the error",
                channel,
                bug));
    }

    private CommitSchedule newCommits() {
        return new CommitSchedule(
                channel,
                queues,
                new OffsetCommitter(client.consumer(), client.positions()),
                settings.commitInterval(),
                metrics);
    }

    /** Starts the thread. Later calls do nothing. */
    void start() {
        if (isStarted.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Requests the stop, without waiting for it. */
    public void stop() {
        stopRequested.countDown();
        if (isStarted.compareAndSet(false, true)) {
            finish();
        } else {
            client.wakeUp();
        }
    }

    /**
     * Waits after {@link #stop} until the offsets of all delivered events are committed and the thread has stopped. Returns false if it has not in
     * time.
     */
    boolean awaitStop(Duration timeout) {
        try {
            thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Returns how far the sinks are behind in the partitions that this reader has. */
    ConsumerLag lag() {
        return gauges.lag();
    }

    @Override
    public void run() {
        try {
            while (stopRequested.getCount() > 0) {
                runOnce();
            }
        } finally {
            finish();
        }
    }

    private void runOnce() {
        try {
            if (mustCloseClient) {
                closeFailedClient();
            } else {
                stepOrReplaceClient();
            }
        } catch (OutOfMemoryError error) {
            // Before anything that needs memory: Kafka's client can have passed over records.
            mustCloseClient = true;
            outage.reportOutOfMemory(error);
        }
    }

    private void stepOrReplaceClient() {
        try {
            if (!client.isOpen()) {
                replaceClient();
            } else if (client.hasLeftGroup()) {
                outage.reportClientFailure(new KafkaException("it has left its group after Kafka refused it"));
                closeFailedClient();
            } else {
                step();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            // Kafka's client runs the operator's classes, and after such a failure it can have passed over records.
            outage.reportClientFailure(failure);
            closeFailedClient();
        }
    }

    private void step() {
        try {
            poll();
        } catch (WakeupException somethingToDo) {
            // A partition can be resumed, a commit was requested, or the reader must stop.
        } catch (FencedInstanceIdException fenced) {
            // To rejoin would fence the other member, which would then fence this one, and so on.
            stopReason = outage.reportFenced();
            stopRequested.countDown();
        } catch (InterruptException foreign) {
            stopReason = outage.reportInterrupted();
            stopRequested.countDown();
        } catch (KafkaException refusal) {
            outage.reportRefusal(refusal);
            pauseAfterFailure();
        } finally {
            isPolling = false;
        }
        commits.commitIfDue();
    }

    private void poll() {
        Set<TopicPartition> undecided = client.positions().retryUndecided();
        // Before the state is read that other threads change, so that a change after that ends the poll.
        isPolling = true;
        Set<TopicPartition> paused = queues.partitionsToPause();
        gauges.beforePoll(paused, undecided);
        paused.addAll(undecided);
        client.pauseOnly(paused);
        if (stopRequested.getCount() > 0) {
            var read = client.poll(PollTimeout.of(commits, outage), queues);
            queues.add(read);
            isPolling = false;
            outage.polled(client.consumer(), read.count());
            idleReport.afterPoll(client.consumer());
            gauges.afterPoll(client.consumer(), read);
        }
    }

    private void wake() {
        if (isPolling) {
            client.wakeUp();
        }
    }

    /** Lets open transactions end, then commits the offsets of all delivered events. The new owner reads the rest. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        isPolling = false;
        if (!queues.drain(partitions, settings.revocationGrace())) {
            rebalances.onTransactionsLeftOpen(partitions, settings.revocationGrace());
        }
        try {
            commits.commitBeforeRevocation();
        } finally {
            queues.revoke(partitions);
            client.positions().onRevoked(partitions);
        }
    }

    /** Commits nothing, because another member has these partitions already, and a commit now could rewind it. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        rebalances.onLost(partitions);
        gauges.clear();
        queues.revoke(partitions);
        client.positions().onRevoked(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        isPolling = false;
        rebalances.onAssigned(partitions);
        client.positions().onAssigned(partitions);
    }

    /** Commits the offsets of delivered events if that is still possible. All other records that were read are read again. */
    private void closeFailedClient() {
        isPolling = false;
        try {
            releaseAndClose();
        } catch (RuntimeException | LinkageError | StackOverflowError useless) {
            outage.reportUncleanClose(useless);
        }
        mustCloseClient = false;
        pauseAfterFailure();
    }

    private void replaceClient() {
        try {
            client.replace();
            commits = newCommits();
        } catch (FlumeException rejected) {
            // Retried, because the cause can pass: a file may be being replaced.
            outage.reportNoClient(rejected);
            pauseAfterFailure();
        }
    }

    private void pauseAfterFailure() {
        try {
            stopRequested.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException foreign) {
            stopReason = outage.reportInterrupted();
            stopRequested.countDown();
        }
    }

    private void finish() {
        try {
            releaseAndClose();
        } finally {
            queues.stop(stopReason);
        }
    }

    private void releaseAndClose() {
        Set<TopicPartition> held = queues.partitions();
        try {
            if (!held.isEmpty()) {
                onPartitionsRevoked(held);
            }
        } finally {
            try {
                commits.refusePending();
            } finally {
                gauges.clear();
                client.close();
            }
        }
    }
}
