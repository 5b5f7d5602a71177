// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Defaults that shrink with the heap, where that is small: {@code flume-ng} gives an agent 20 MB unless told otherwise, and Kafka's defaults alone would fill it
 * twice (decision 43). Immutable.
 *
 * @param heap the most bytes that the JVM will take
 */
public record SmallHeapDefaults(long heap) {

    /** From here on nothing changes. What is left of 256 MB when a collector keeps a part to itself is still more. */
    static final long NORMAL = 200L << 20;

    private static final int LEAST_BATCH = 16 << 10;
    private static final int LARGEST_BATCH = 128 << 10;
    private static final int LEAST_BUFFER = 2 << 20;
    private static final int LARGEST_BUFFER = 32 << 20;
    private static final int LARGEST_PARTITION_FETCH = 1 << 20;
    private static final int LARGEST_FETCH = 50 << 20;
    /** Who sets one of these writes records, or batches, that must find room. */
    private static final Set<String> LARGER_THAN_USUAL =
            Set.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BATCH_SIZE_CONFIG);

    /** A client can report its figures to the brokers. The classes for that, and the figures, take 0.3 MB, asked for or not. */
    private static final Map<String, String> TELEMETRY =
            Map.of(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");

    /** Those of this process. */
    public static SmallHeapDefaults ofThisJvm() {
        return new SmallHeapDefaults(Runtime.getRuntime().maxMemory());
    }

    /** The settings with what is smaller here, but for the names that the agent file gives; the same on a heap of usual size. */
    ClientSettings sized(ClientKind kind, ClientSettings settings, Set<String> given) {
        if (heap >= NORMAL) {
            return settings;
        }
        Map<String, Object> sized = new TreeMap<>(settings.properties());
        (kind.equals(ClientKind.PRODUCER) ? producer(given) : consumer()).forEach((name, size) -> {
            if (!given.contains(name)) {
                sized.put(name, size);
            }
        });
        return new ClientSettings(sized);
    }

    private Map<String, String> producer(Set<String> given) {
        Map<String, String> sizes = new HashMap<>(TELEMETRY);
        sizes.put(ProducerConfig.BATCH_SIZE_CONFIG, share(1024, LEAST_BATCH, LARGEST_BATCH));
        if (Collections.disjoint(given, LARGER_THAN_USUAL)) {
            // The client keeps what a batch took for the next ones, up to this.
            sizes.put(ProducerConfig.BUFFER_MEMORY_CONFIG, share(8, LEAST_BUFFER, LARGEST_BUFFER));
        }
        return sizes;
    }

    private Map<String, String> consumer() {
        Map<String, String> sizes = new HashMap<>(TELEMETRY);
        sizes.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, share(80, 1, LARGEST_PARTITION_FETCH));
        // An answer of a broker is one array of this size.
        sizes.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, share(20, 1, LARGEST_FETCH));
        return sizes;
    }

    /** As many bytes, or what a channel should read ahead on this heap. */
    public long readAhead(long byDefault) {
        return heap < NORMAL ? Math.min(byDefault, heap / 16) : byDefault;
    }

    /** What to tell the operator, on a small heap. */
    Optional<String> note() {
        return heap < NORMAL
                ? Optional.of(
                        "the heap of " + (heap >> 20)
                                + " MB is small, so buffers that the agent file does not set are smaller than usual"
                                + " (\"A small heap\" in the plugin's configuration.md). For the usual ones set JAVA_OPTS=\"-Xmx256m\" in conf/flume-env.sh")
                : Optional.empty();
    }

    private String share(int part, long least, long most) {
        return String.valueOf(Math.max(least, Math.min(most, heap / part)));
    }
}
