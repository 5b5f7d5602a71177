// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.client.ClientSettings;
import io.flafka.client.RecordDeserializers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gives each thread that takes its own deserializers, because Kafka does not require deserializers to be thread-safe. Thread-safe.
 */
public final class ThreadDeserializers implements AutoCloseable {

    private final Queue<RecordDeserializers> all = new ConcurrentLinkedQueue<>();

    // Not static: the deserializers belong to one run of one channel, and are closed with it.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<RecordDeserializers> ofThread;

    /**
     * Creates the calling thread's deserializers at once, so that a wrong setting is reported here.
     *
     * @param consumer the consumer's settings, which name and configure the deserializers
     * @throws org.apache.flume.FlumeException if a deserializer cannot be created
     */
    public ThreadDeserializers(ClientSettings consumer) {
        this.ofThread = ThreadLocal.withInitial(() -> {
            RecordDeserializers deserializers = RecordDeserializers.of(consumer);
            all.add(deserializers);
            return deserializers;
        });
        ofThread.get();
    }

    /** Returns the deserializers of the calling thread. */
    public RecordDeserializers get() {
        return ofThread.get();
    }

    @Override
    public void close() {
        all.forEach(RecordDeserializers::close);
    }
}
