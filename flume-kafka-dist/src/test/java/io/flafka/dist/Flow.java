// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

/** A pipeline of {@code smoke-agent.properties}. */
enum Flow {
    /** Through a topic between both. */
    SINK_AND_SOURCE("Kafka sink → Kafka source"),
    /** Between a source and a sink of Flume. */
    CHANNEL("Kafka channel"),
    /** Three at a time. */
    TO_HDFS("Kafka source → Kafka channel → HDFS sink");

    private final String title;

    Flow(String title) {
        this.title = title;
    }

    /** For readers. */
    String title() {
        return title;
    }
}
