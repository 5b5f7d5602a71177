// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;

/**
 * A version of Flume that {@link FlumeHome} can assemble, with the stock Kafka components in {@code lib} as in its
 * tarball.
 */
public enum FlumeVersion {
    /** Logs with log4j 1.2. */
    FLUME_1_9_0("1.9.0", "log4j.properties"),
    /** The first version that logs with log4j 2. */
    FLUME_1_10_1("1.10.1", "log4j2.xml"),
    /** The latest version. */
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

    /** Returns the version number in Flume's spelling. */
    public String number() {
        return number;
    }

    /** Returns the name of the file in {@code conf} that configures its log. */
    String logConfiguration() {
        return logConfiguration;
    }

    /** Returns the runtimes whose jars are in its {@code lib}. */
    List<String> runtimes() {
        return List.of("flume-" + number);
    }
}
