// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.consume.ClientGenerations;
import io.flafka.consume.ConnectionWatch;
import io.flafka.consume.FirstOffsets;
import io.flafka.consume.OffsetCommitter;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FullHeap;
import io.flafka.metrics.ChannelMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
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
 * consumer, from the subscription to the end.
 */
final class ChannelConsumer implements Runnable, ConsumerRebalanceListener {

    /**
     * What is the same for all readers of a channel.
     *
     * @param channel how messages name the channel
     * @param topic what they read
     * @param commitInterval how often offsets are committed that no transaction waits for
     * @param revocationGrace how long a partition that goes to another member waits for the transactions that hold it
     */
    record Rules(String channel, String topic, Duration commitInterval, Duration revocationGrace) {}

    private static final Logger LOG = LoggerFactory.getLogger(ChannelConsumer.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Rules rules;
    private final Consumer<byte[], byte[]> consumer;
    private final ConnectionWatch watch;
    private final FirstOffsets first;
    private final AssignedQueues queues;
    private final ReaderCommits commits;
    private final Backlog backlog;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean polling;
    private String lastTrouble = "";
    private String end;

    ChannelConsumer(
            Rules rules,
            String threadName,
            Consumer<byte[], byte[]> consumer,
            ConnectionWatch watch,
            FirstOffsets first,
            TakeBuffer buffer,
            ChannelMetrics metrics) {
        this.rules = rules;
        this.consumer = consumer;
        this.watch = watch;
        this.first = first;
        this.queues = buffer.newReader(this::wake);
        this.commits = new ReaderCommits(
                rules.channel(), queues, new OffsetCommitter(consumer), rules.commitInterval(), metrics);
        this.backlog = new Backlog(consumer, queues);
        this.end = "KafkaChannel %s: has stopped".formatted(rules.channel());
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, bug) -> LOG.error(
                "KafkaChannel {}: its consumer has ended by an error of this plugin; restart the agent, and report it",
                rules.channel(),
                bug));
    }

    /** Begins to read, at the first call. */
    void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Tells the thread to end. */
    void stop() {
        stopping.countDown();
        if (started.compareAndSet(false, true)) {
            end();
        } else {
            consumer.wakeup();
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
            consumer.subscribe(List.of(rules.topic()), this);
            while (stopping.getCount() > 0) {
                step();
            }
        } catch (OutOfMemoryError full) {
            outOfMemory(full);
        } finally {
            end();
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
            LOG.warn("KafkaChannel {}: its consumer was interrupted, and ends", rules.channel());
            stopping.countDown();
        } catch (KafkaException trouble) {
            troubled(trouble);
        } finally {
            polling = false;
        }
        commits.commitIfDue();
    }

    /** From here on whatever is asked for ends the poll. */
    private void poll() {
        Set<TopicPartition> undecided = first.undecided();
        polling = true;
        pauseWhatIsFullOr(undecided);
        if (stopping.getCount() > 0) {
            Duration untilDue = commits.untilDue();
            queues.add(consumer.poll(untilDue.compareTo(POLL_TIMEOUT) < 0 ? untilDue : POLL_TIMEOUT));
            polling = false;
            recovered();
            watch.polled(consumer);
            backlog.look();
        }
    }

    private void pauseWhatIsFullOr(Set<TopicPartition> undecided) {
        Set<TopicPartition> pause = queues.toPause();
        pause.addAll(undecided);
        pause.retainAll(consumer.assignment());
        Set<TopicPartition> paused = consumer.paused();
        if (!pause.equals(paused)) {
            Set<TopicPartition> resume = new HashSet<>(paused);
            resume.removeAll(pause);
            consumer.pause(pause);
            consumer.resume(resume);
        }
    }

    private void wake() {
        if (polling) {
            consumer.wakeup();
        }
    }

    /** While they are still ours: open transactions may end, what they and those before them are done with is committed, the rest is the new owner's. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        polling = false;
        if (!queues.drain(partitions, rules.revocationGrace())) {
            LOG.warn(
                    "KafkaChannel {}: gives up {} with take transactions open that have not ended in {} ms; what they took is delivered again",
                    rules.channel(),
                    partitions,
                    rules.revocationGrace().toMillis());
        }
        commits.commitNow();
        queues.revoke(partitions);
        first.gone(partitions);
    }

    /** They are another member's already: a commit now could rewind it. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warn(
                "KafkaChannel {}: the group has given {} to another member without asking; what was taken from there is delivered again",
                rules.channel(),
                partitions);
        queues.revoke(partitions);
        first.gone(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        polling = false;
        LOG.info("KafkaChannel {}: reads {}", rules.channel(), partitions);
        first.assigned(partitions);
    }

    /** To join again would put the other one out, and so on for ever. */
    private void fenced() {
        end =
                ("KafkaChannel %s: has stopped reading topic %s: another member of the group has taken its group.instance.id over. Give each"
                                + " agent a kafka.consumer.group.instance.id of its own, and restart this one")
                        .formatted(rules.channel(), rules.topic());
        LOG.error(end);
        stopping.countDown();
    }

    /** Kafka's client may have gone beyond records that nobody got: nothing may be read behind them. */
    private void outOfMemory(OutOfMemoryError full) {
        String consequence = "it has stopped reading topic " + rules.topic() + "; nothing is lost";
        end = FullHeap.message("KafkaChannel " + rules.channel(), consequence, full);
        FullHeap.log(LOG, "KafkaChannel " + rules.channel(), consequence, full);
    }

    private void troubled(KafkaException trouble) {
        String reason = "KafkaChannel %s cannot read topic %s: %s; %s"
                .formatted(
                        rules.channel(),
                        rules.topic(),
                        trouble,
                        FailureClassifier.kindOf(trouble).consequence());
        queues.troubled(reason);
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
            LOG.info("KafkaChannel {}: reads topic {} again", rules.channel(), rules.topic());
        }
    }

    private void end() {
        Set<TopicPartition> held = queues.partitions();
        try {
            if (!held.isEmpty()) {
                onPartitionsRevoked(held);
            }
        } finally {
            queues.ended(end);
            backlog.over();
            ClientGenerations.close(consumer, CLOSE_TIMEOUT);
        }
    }
}
