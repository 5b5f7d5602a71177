// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import java.util.Locale;
import java.util.Map;

/** How the records of a scenario differ from those of the others. */
public enum Variant {
    /** They have no key and are not compressed. */
    PLAIN("none"),
    /** Each has one of a thousand keys, which decides its partition. */
    KEYED("none"),
    /** Compressed with lz4. */
    LZ4("lz4"),
    /** Compressed with zstd. */
    ZSTD("zstd");

    private final String compression;

    Variant(String compression) {
        this.compression = compression;
    }

    /** Returns what a scenario's name ends with. */
    String suffix() {
        return "-" + name().toLowerCase(Locale.ROOT);
    }

    /** Returns the producer's settings, by Kafka's names. */
    Map<String, String> producer() {
        return Map.of("compression.type", compression);
    }
}
