// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks the brokers whether topics are missing. Creates its admin client with the first question, and keeps it. Thread-safe; one question at a time. */
public final class TopicLookup implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<Admin> admins;
    private @Nullable Admin admin;
    private boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param admins creates the admin client
     */
    public TopicLookup(Supplier<Admin> admins) {
        this.admins = admins;
    }

    /** Returns whether a broker says, within 5 s, that it does not know the topic. No answer is not that. */
    synchronized boolean isMissing(String topic) {
        if (closed) {
            return false;
        }
        try {
            Admin current = admin == null ? admins.get() : admin;
            admin = current;
            current.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                    .allTopicNames()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (ExecutionException answer) {
            if (answer.getCause() instanceof UnknownTopicOrPartitionException) {
                return true;
            }
            // The client may be one whose thread has ended.
            closeAdmin();
            return false;
        } catch (TimeoutException | KafkaException | FlumeException noAnswer) {
            closeAdmin();
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeAdmin();
    }

    private void closeAdmin() {
        if (admin != null) {
            // Nobody waits for an answer that is still outstanding.
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
