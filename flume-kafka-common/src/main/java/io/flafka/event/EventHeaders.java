// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

/** The names of event headers with the metadata of a Kafka record. Agent files depend on them; most are those of Flume's own components. */
public final class EventHeaders {

    /** The record's key. */
    public static final String KEY = "key";
    /** The topic. This is the default of the property {@code topicHeader}. */
    public static final String TOPIC = "topic";
    /** The partition's number. */
    public static final String PARTITION = "partition";
    /** The offset in the partition. */
    public static final String OFFSET = "offset";
    /** The record's timestamp in milliseconds since the epoch. */
    public static final String TIMESTAMP = "timestamp";

    /**
     * The topic that a Kafka source read the event from. The source sets this header whenever it sets the topic header. With both headers, a sink can
     * tell whether the topic was chosen for the event, or is only the topic that the event comes from.
     */
    public static final String ORIGIN = "kafka.origin.topic";
    /**
     * The topic that a channel took the event from. Not {@link #TOPIC}, because a Kafka sink after the channel would send the event to that topic.
     */
    public static final String CHANNEL_TOPIC = "kafka.topic";
    /** The partition that a channel took the event from. */
    public static final String CHANNEL_PARTITION = "kafka.partition";
    /** Whether the event was a record without a value, if the agent file wants such records to be kept. */
    public static final String TOMBSTONE = "kafka.tombstone";
    /** The offset of the record that a channel took the event from. */
    public static final String CHANNEL_OFFSET = "kafka.offset";

    private EventHeaders() {}
}
