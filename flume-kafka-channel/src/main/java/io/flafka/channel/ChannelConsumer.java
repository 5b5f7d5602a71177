// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.consume.ConnectionWatch;
import io.flafka.consume.OffsetCommitter;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a channel that reads Kafka: always polling, so that no stalled sink costs the group membership, and the only one that touches the
 * consumer, from its subscription to its end.
 */
final class ChannelConsumer implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelConsumer.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);

    private final String channel;
    private final String topic;
    private final Consumer<String, byte[]> consumer;
    private final ConnectionWatch watch;
    private final TakeBuffer buffer;
    private final OffsetCommitter committer;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean polling;
    private volatile boolean mustPoll;
    private String lastTrouble = "";

    ChannelConsumer(String channel, String topic, Consumer<String, byte[]> consumer, ConnectionWatch watch) {
        this.channel = channel;
        this.topic = topic;
        this.consumer = consumer;
        this.watch = watch;
        this.buffer = new TakeBuffer(this::wake);
        this.committer = new OffsetCommitter(consumer, COMMIT_TIMEOUT);
        this.thread = new Thread(this, "flafka-channel-" + channel);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, bug) -> LOG.error(
                "KafkaChannel {}: its consumer has ended by an error of this plugin; restart the agent, and report it",
                channel,
                bug));
    }

    TakeBuffer buffer() {
        return buffer;
    }

    /** Begins to read, at the first call. */
    void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Ends the thread within a bound; what was asked to be committed before is committed. */
    void stop() {
        stopping.countDown();
        if (started.compareAndSet(false, true)) {
            end();
            return;
        }
        consumer.wakeup();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "KafkaChannel {}: its consumer has not ended in {} s; it ends by itself when Kafka answers",
                    channel,
                    STOP_TIMEOUT.toSeconds());
        }
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(topic), this);
            while (stopping.getCount() > 0) {
                step();
            }
        } finally {
            end();
        }
    }

    private void step() {
        try {
            if (pollIsDue()) {
                buffer.add(consumer.poll(POLL_TIMEOUT));
                mustPoll = false;
                watch.polled(consumer);
                recovered();
            }
        } catch (WakeupException somethingToDo) {
            // There is room again, or something to commit, or the end.
        } catch (InterruptException foreign) {
            LOG.warn("KafkaChannel {}: its consumer was interrupted, and ends", channel);
            stopping.countDown();
        } catch (KafkaException trouble) {
            troubled(trouble);
        } finally {
            polling = false;
        }
        commitOrPollFirst(buffer.drainRequests());
    }

    /** Whether to poll, rather than to do first what was asked for; from here on whatever is asked for ends the poll. */
    private boolean pollIsDue() {
        polling = true;
        pauseWhatIsFull();
        return stopping.getCount() > 0 && (mustPoll || !buffer.hasRequests());
    }

    private void pauseWhatIsFull() {
        Set<TopicPartition> pause = buffer.toPause();
        pause.retainAll(consumer.assignment());
        consumer.pause(pause);
        Set<TopicPartition> resume = new HashSet<>(consumer.paused());
        resume.removeAll(pause);
        consumer.resume(resume);
    }

    private void wake() {
        if (polling) {
            consumer.wakeup();
        }
    }

    /** In the middle of a rebalance Kafka takes no commit before the next poll, which brings the rebalance on. */
    private void commitOrPollFirst(List<CommitRequest> requests) {
        try {
            commit(requests);
        } catch (RebalanceInProgressException pollFirst) {
            mustPoll = true;
            buffer.restore(requests);
        } catch (KafkaException failed) {
            requests.forEach(request -> request.failed(failed.toString()));
        }
    }

    private void commit(List<CommitRequest> requests) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        requests.forEach(request -> offsets.putAll(request.offsets()));
        committer.commit(offsets);
        requests.forEach(CommitRequest::succeeded);
    }

    private void commitNow(List<CommitRequest> requests) {
        try {
            commit(requests);
        } catch (KafkaException failed) {
            requests.forEach(request -> request.failed(failed.toString()));
        }
    }

    /** While they are still ours: what was asked for is committed, now or never, the rest is for the new owner to read. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commitNow(buffer.revoke(partitions));
    }

    /** They are another member's already: a commit now could rewind it. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warn(
                "KafkaChannel {}: the group has given {} to another member without asking; what was taken from there is delivered again",
                channel,
                partitions);
        buffer.revoke(partitions)
                .forEach(request -> request.failed("the partitions belong to another member of the group"));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.info("KafkaChannel {}: reads {}", channel, partitions);
    }

    private void troubled(KafkaException trouble) {
        FailureKind kind = FailureClassifier.kindOf(trouble);
        String reason =
                "KafkaChannel %s cannot read topic %s: %s; %s".formatted(channel, topic, trouble, kind.consequence());
        buffer.troubled(reason);
        if (!reason.equals(lastTrouble)) {
            lastTrouble = reason;
            LOG.error(reason);
        }
        try {
            stopping.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException foreign) {
            stopping.countDown();
        }
    }

    private void recovered() {
        if (!lastTrouble.isEmpty()) {
            lastTrouble = "";
            LOG.info("KafkaChannel {}: reads topic {} again", channel, topic);
        }
    }

    private void end() {
        try {
            commitNow(buffer.drainRequests());
        } finally {
            buffer.ended("KafkaChannel %s: its consumer has ended".formatted(channel));
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }
}
