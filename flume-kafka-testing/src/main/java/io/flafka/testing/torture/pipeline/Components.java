// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

/** Whose Kafka components the agents run. */
public enum Components {
    /** This plugin's. */
    FLAFKA("io.flafka."),
    /** Those of Flume 1.11.0. */
    STOCK("org.apache.flume.%s.kafka.");

    private final String place;

    Components(String place) {
        this.place = place;
    }

    String source() {
        return place.formatted("source") + "KafkaSource";
    }

    String sink() {
        return place.formatted("sink") + "KafkaSink";
    }

    String channel() {
        return place.formatted("channel") + "KafkaChannel";
    }
}
