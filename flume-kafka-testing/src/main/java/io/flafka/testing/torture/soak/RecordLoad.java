// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records at a rate, on a thread of its own. It waits while too many are on their way, so that a topic's retention
 * never deletes what the agent has not read. The rate and the number on their way are set by the caller. For one thread.
 */
final class RecordLoad implements AutoCloseable {
    private static final long SLICE_MILLIS = 10;
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final byte[] body;
    private final long mostOnTheWay;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong waitedSlices = new AtomicLong();
    private final Thread thread;
    private volatile double perSecond;
    private volatile long delivered;
    private volatile boolean closed;

    RecordLoad(String bootstrapServers, String topic, int bodyBytes, long mostOnTheWay) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 65_536),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.body = new byte[bodyBytes];
        ThreadLocalRandom.current().nextBytes(body);
        this.mostOnTheWay = mostOnTheWay;
        this.thread = new Thread(this::run, "load");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sets the rate. 0 pauses. */
    void rate(double recordsPerSecond) {
        perSecond = recordsPerSecond;
    }

    /** Sets how many have arrived. */
    void delivered(long records) {
        delivered = records;
    }

    long sent() {
        return sent.get();
    }

    /** Returns how long it has waited because too many were on their way. */
    Duration waited() {
        return Duration.ofMillis(waitedSlices.get() * SLICE_MILLIS);
    }

    private void run() {
        try {
            double due = 0;
            long last = System.nanoTime();
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(SLICE_MILLIS);
                long now = System.nanoTime();
                // What a pause of this thread has missed is not caught up at once.
                due = Math.min(due + perSecond * (now - last) / 1e9, perSecond);
                last = now;
                due -= send((long) due);
                if (due >= 1) {
                    waitedSlices.incrementAndGet();
                    due = 0;
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends up to so many records. Returns how many. */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // A record that is not sent is missing in the output, which the run finds.
    private long send(long most) {
        long count = 0;
        while (count < most && sent.get() - delivered < mostOnTheWay) {
            producer.send(new ProducerRecord<>(topic, body));
            sent.incrementAndGet();
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
    }
}
