// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

/** The event headers that carry what a Kafka record has beside its value: names that stock Flume uses and agent files rely on, and ours. */
public final class EventHeaders {

    /** The record's key. */
    public static final String KEY = "key";
    /** The topic; the default of the property {@code topicHeader}. */
    public static final String TOPIC = "topic";
    /** The partition's number. */
    public static final String PARTITION = "partition";
    /** The offset in the partition. */
    public static final String OFFSET = "offset";
    /** The record's timestamp in milliseconds since the epoch. */
    public static final String TIMESTAMP = "timestamp";

    /**
     * The topic that a Kafka source has read the event from, where it has written that name into the header of {@link #TOPIC} too: so a sink can
     * tell a topic that somebody chose from one that the event only comes from.
     */
    public static final String ORIGIN = "kafka.origin.topic";
    /** The topic that a channel took the event from; not {@link #TOPIC}, which a Kafka sink behind it would follow. */
    public static final String CHANNEL_TOPIC = "kafka.topic";
    /** The partition that a channel took the event from. */
    public static final String CHANNEL_PARTITION = "kafka.partition";
    /** The offset at which a channel took the event. */
    public static final String CHANNEL_OFFSET = "kafka.offset";

    private EventHeaders() {}
}
