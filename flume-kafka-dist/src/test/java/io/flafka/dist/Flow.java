// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

/** A pipeline of {@code smoke-agent.properties}. */
enum Flow {
    /** Through a topic between the two. */
    SINK_AND_SOURCE("Kafka sink → Kafka source"),
    /** Between a source and a sink of Flume. */
    CHANNEL("Kafka channel"),
    /** All three at once. */
    TO_HDFS("Kafka source → Kafka channel → HDFS sink");

    private final String title;

    Flow(String title) {
        this.title = title;
    }

    /** Returns the pipeline's title on the page. */
    String title() {
        return title;
    }
}
