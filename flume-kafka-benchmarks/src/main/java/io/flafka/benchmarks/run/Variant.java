// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import java.util.Map;

/** How the records of a scenario differ from those of the others. */
public enum Variant {
    /** They have no key and are not compressed. */
    PLAIN("", Map.of()),
    /** Each has one of a thousand keys, which decides its partition. */
    KEYED("-keyed", Map.of()),
    /** Compressed with lz4. */
    LZ4("-lz4", Map.of("compression.type", "lz4")),
    /** Compressed with zstd. */
    ZSTD("-zstd", Map.of("compression.type", "zstd"));

    private final String suffix;
    private final Map<String, String> producer;

    Variant(String suffix, Map<String, String> producer) {
        this.suffix = suffix;
        this.producer = producer;
    }

    /** Returns what a scenario's name ends with. */
    String suffix() {
        return suffix;
    }

    /** Returns the producer's settings, by Kafka's names. */
    Map<String, String> producer() {
        return producer;
    }
}
