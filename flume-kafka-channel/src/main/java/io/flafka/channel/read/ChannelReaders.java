// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All readers of a channel, which begin and end together. Thread-safe. */
public final class ChannelReaders {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelReaders.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final String channel;
    private final List<ReaderThread> readers;

    public ChannelReaders(String channel, List<ReaderThread> readers) {
        this.channel = channel;
        this.readers = List.copyOf(readers);
    }

    /** Begins to read, at the first call. */
    public void start() {
        readers.forEach(ReaderThread::start);
    }

    /** Ends all within a bound; what sinks were done with is committed. */
    public void stop() {
        readers.forEach(ReaderThread::stop);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (ReaderThread reader : readers) {
            if (!reader.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
                LOG.warn(
                        "KafkaChannel {}: a consumer has not ended in {} s; it ends by itself when Kafka answers",
                        channel,
                        STOP_TIMEOUT.toSeconds());
            }
        }
    }

    /** How many events of their partitions are in the channel, as far as they know. */
    public long backlog() {
        return readers.stream().mapToLong(ReaderThread::backlog).sum();
    }
}
