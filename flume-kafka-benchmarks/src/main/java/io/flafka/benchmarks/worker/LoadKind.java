// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

/** The kind of load on a component. */
public enum LoadKind {
    /** A sink drains an endless channel. */
    SINK,
    /** A source reads a full topic. */
    SOURCE,
    /** Threads put into a channel. */
    PUT,
    /** Threads take from a channel whose topic is full. */
    TAKE,
    /** A source, Flume's memory channel, a sink; or several of these pipelines. */
    PIPE,
    /** From topic to topic: a channel without a source and a sink, or another program. */
    COPY,
    /** A source reads a topic that gets a record every 20 ms. */
    SOURCE_LATENCY,
    /** A channel gets an event every 20 ms and is waited on at its other end. */
    CHANNEL_LATENCY,
    /** A source, the Kafka channel, a sink, or several of these pipelines, which have nothing to do after the first events. */
    IDLE
}
