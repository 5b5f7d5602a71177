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
 * Smaller defaults for a small heap: {@code flume-ng} gives an agent 20 MB by default, and Kafka's default buffers alone would fill twice that
 * (decision 44). Immutable.
 *
 * @param heap the JVM's maximum heap, in bytes
 */
public record SmallHeapDefaults(long heap) {

    /** From this size on nothing changes. With 256 MB the JVM reports a little less, as its collector reserves a part, but still more than this. */
    public static final long NORMAL = 200L << 20;

    private static final int MIN_BATCH = 16 << 10;
    private static final int MAX_BATCH = 128 << 10;
    private static final int MIN_BUFFER = 2 << 20;
    private static final int MAX_BUFFER = 32 << 20;
    private static final int MAX_PARTITION_FETCH = 1 << 20;
    private static final int MAX_FETCH = 50 << 20;
    /** An agent file that sets one of these has larger records or batches, which need the buffer. */
    private static final Set<String> NEED_BUFFER =
            Set.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BATCH_SIZE_CONFIG);

    /** A client can push its metrics to the brokers. That takes 0.3 MB, even if no broker asks for them. */
    private static final Map<String, String> TELEMETRY =
            Map.of(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");

    /** Returns the defaults for this process. */
    public static SmallHeapDefaults ofThisJvm() {
        return new SmallHeapDefaults(Runtime.getRuntime().maxMemory());
    }

    /**
     * Returns the settings with smaller buffers if the heap is small.
     *
     * @param given the names that the agent file sets, which stay
     */
    ClientSettings applyTo(ClientKind kind, ClientSettings settings, Set<String> given) {
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
        sizes.put(ProducerConfig.BATCH_SIZE_CONFIG, share(1024, MIN_BATCH, MAX_BATCH));
        if (Collections.disjoint(given, NEED_BUFFER)) {
            // The client keeps the memory of sent batches for later ones, up to this size.
            sizes.put(ProducerConfig.BUFFER_MEMORY_CONFIG, share(8, MIN_BUFFER, MAX_BUFFER));
        }
        return sizes;
    }

    private Map<String, String> consumer() {
        Map<String, String> sizes = new HashMap<>(TELEMETRY);
        sizes.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, share(80, 1, MAX_PARTITION_FETCH));
        // A broker's response is one array of this size.
        sizes.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, share(20, 1, MAX_FETCH));
        return sizes;
    }

    /** Returns how many bytes a channel reads ahead on this heap, at most {@code byDefault}. */
    public long readAhead(long byDefault) {
        return heap < NORMAL ? Math.min(byDefault, heap / 16) : byDefault;
    }

    /** Returns a note for the operator if the heap is small. */
    Optional<String> note() {
        return heap < NORMAL
                ? Optional.of("the heap of " + (heap >> 20)
                        + " MB is small, so buffers that the agent file does not set are smaller than usual"
                        + " (see \"A small heap\" in the plugin's configuration.md). For the usual sizes, set JAVA_OPTS=\"-Xmx256m\" in"
                        + " conf/flume-env.sh")
                : Optional.empty();
    }

    private String share(int divisor, long min, long max) {
        return String.valueOf(Math.max(min, Math.min(max, heap / divisor)));
    }
}
