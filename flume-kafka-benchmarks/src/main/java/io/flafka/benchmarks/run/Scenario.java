// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.flafka.benchmarks.worker.LoadKind;

/**
 * One thing to measure.
 *
 * @param name as the tables call it
 * @param load what is asked of the component
 * @param body bytes of a body
 * @param batch events of a batch or a transaction
 * @param threads that put or take
 * @param route to the broker
 */
public record Scenario(String name, LoadKind load, int body, int batch, int threads, Route route) {

    /** How clients reach the broker. */
    public enum Route {
        /** By loopback. */
        DIRECT,
        /** Through a relay that adds 5 ms each way. */
        RELAYED
    }

    /** Whether events arrive one by one, and the time to the other end is what counts. */
    @JsonIgnore
    public boolean isLatency() {
        return load == LoadKind.SOURCE_LATENCY || load == LoadKind.CHANNEL_LATENCY;
    }

    /** Whether the rate is that of a producer. */
    public boolean writes() {
        return load == LoadKind.SINK || load == LoadKind.PUT || load == LoadKind.PIPE;
    }

    /** Whether the topic is full before the run. */
    public boolean readsFullTopic() {
        return load == LoadKind.SOURCE || load == LoadKind.TAKE || load == LoadKind.PIPE;
    }
}
