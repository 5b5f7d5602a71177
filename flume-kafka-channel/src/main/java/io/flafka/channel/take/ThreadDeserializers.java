// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.client.ClientSettings;
import io.flafka.client.RecordDeserializers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Deserializers for each thread that takes: Kafka does not ask of its own, or of an operator's, that several threads can use them. Thread-safe.
 */
public final class ThreadDeserializers implements AutoCloseable {

    private final Queue<RecordDeserializers> made = new ConcurrentLinkedQueue<>();

    // Of one run of one channel, and closed with it.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<RecordDeserializers> own;

    /**
     * As the settings of a consumer name and configure them; the first are made at once.
     *
     * @throws org.apache.flume.FlumeException if one of them cannot be made
     */
    public ThreadDeserializers(ClientSettings consumer) {
        this.own = ThreadLocal.withInitial(() -> {
            RecordDeserializers deserializers = RecordDeserializers.of(consumer);
            made.add(deserializers);
            return deserializers;
        });
        own.get();
    }

    /** Those of the calling thread. */
    RecordDeserializers get() {
        return own.get();
    }

    @Override
    public void close() {
        made.forEach(RecordDeserializers::close);
    }
}
