// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

/** The topics of a pipeline. */
public final class Topics {
    /** What a Kafka source reads. */
    public static final String IN = "in";
    /** What a Kafka channel stores. */
    public static final String CHANNEL = "channel";
    /** What a Kafka sink writes. */
    public static final String OUT = "out";
    /** The dead letters. */
    public static final String DEAD = "dead";

    private Topics() {}
}
