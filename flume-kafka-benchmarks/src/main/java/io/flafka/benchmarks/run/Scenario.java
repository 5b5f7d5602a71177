// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.flafka.benchmarks.worker.LoadKind;

/**
 * A scenario to measure.
 *
 * @param name the name in the tables
 * @param load the load on the component
 * @param body the size of a body in bytes
 * @param batch the number of events per batch or transaction
 * @param threads the number of threads that put or take, of sinks, or of pipelines
 * @param partitions the number of partitions of each topic
 * @param route the route to the broker
 * @param variant what is special about the records
 */
public record Scenario(
        String name, LoadKind load, int body, int batch, int threads, int partitions, Route route, Variant variant) {

    /** Creates a scenario whose records are not special. */
    public Scenario(String name, LoadKind load, int body, int batch, int threads, int partitions, Route route) {
        this(name, load, body, batch, threads, partitions, route, Variant.PLAIN);
    }

    /** How clients reach the broker. */
    public enum Route {
        /** Over loopback. */
        DIRECT,
        /** Through a relay that adds 5 ms in each direction. */
        RELAYED
    }

    /** Returns whether the scenario measures the latency of single events. */
    @JsonIgnore
    public boolean isLatency() {
        return load == LoadKind.SOURCE_LATENCY || load == LoadKind.CHANNEL_LATENCY;
    }

    /** Returns whether the load has nothing to do. */
    @JsonIgnore
    public boolean isIdle() {
        return load == LoadKind.IDLE;
    }

    /** Returns whether the load consists of pipelines: sources, channels, sinks. */
    @JsonIgnore
    public boolean hasPipelines() {
        return load == LoadKind.PIPE || isIdle();
    }

    /** Returns whether the load copies from topic to topic. */
    @JsonIgnore
    public boolean isTopicToTopic() {
        return hasPipelines() || load == LoadKind.COPY;
    }

    /** Returns whether the rate is that of a producer. */
    public boolean writes() {
        return load == LoadKind.SINK || load == LoadKind.PUT || isTopicToTopic();
    }

    /** Returns whether the topic is filled before the run. */
    public boolean readsFullTopic() {
        return load == LoadKind.SOURCE || load == LoadKind.TAKE || isTopicToTopic();
    }
}
