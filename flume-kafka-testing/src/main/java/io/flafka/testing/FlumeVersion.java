// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;

/** A Flume that there is a home of, with the stock Kafka components in {@code lib} as its tarball has them. */
public enum FlumeVersion {
    /** Its log is log4j 1.2. */
    FLUME_1_9_0("1.9.0", "log4j.properties"),
    /** Its log is log4j 2, as with the later ones. */
    FLUME_1_10_1("1.10.1", "log4j2.xml"),
    /** The last one so far. */
    FLUME_1_11_0("1.11.0", "log4j2.xml") {
        @Override
        List<String> runtimes() {
            return List.of("flume-1.11.0", "flume-1.11.0-stock-kafka");
        }
    };

    private final String number;
    private final String logConfiguration;

    FlumeVersion(String number, String logConfiguration) {
        this.number = number;
        this.logConfiguration = logConfiguration;
    }

    /** As Flume writes it. */
    public String number() {
        return number;
    }

    /** The file in {@code conf} that its log back end reads. */
    String logConfiguration() {
        return logConfiguration;
    }

    /** What lies in its {@code lib}. */
    List<String> runtimes() {
        return List.of("flume-" + number);
    }
}
