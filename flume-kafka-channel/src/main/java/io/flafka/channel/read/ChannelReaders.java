// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.consume.ConsumerLag;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All readers of a channel, which start and stop together. Thread-safe. */
public final class ChannelReaders {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelReaders.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final String channel;
    private final List<ReaderThread> readers;

    public ChannelReaders(String channel, List<ReaderThread> readers) {
        this.channel = channel;
        this.readers = List.copyOf(readers);
    }

    /** Starts the readers. Later calls do nothing. */
    public void start() {
        readers.forEach(ReaderThread::start);
    }

    /** Stops the readers, which commit the offsets of all delivered events. Waits for them a bounded time. */
    public void stop() {
        readers.forEach(ReaderThread::stop);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (ReaderThread reader : readers) {
            if (!reader.awaitStop(Duration.ofNanos(deadline - System.nanoTime()))) {
                LOG.warn(
                        "KafkaChannel {}: a reader has not stopped within {} s; it stops by itself when Kafka answers and the open transactions of sinks end",
                        channel,
                        STOP_TIMEOUT.toSeconds());
            }
        }
    }

    /** Returns how far the sinks are behind in the partitions that these readers have. */
    public ConsumerLag lag() {
        return readers.stream().map(ReaderThread::lag).reduce(ConsumerLag.NONE, ConsumerLag::plus);
    }
}
