// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Channel;

/**
 * Reads a channel's own counters, so that no code is between the channel and the component.
 *
 * @param name the counters' name
 */
record ChannelCounters(ObjectName name) {

    static ChannelCounters of(Channel channel) {
        try {
            return new ChannelCounters(new ObjectName("org.apache.flume.channel:type=" + channel.getName()));
        } catch (JMException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the number of events that committed transactions put into the channel. */
    long put() {
        return read("EventPutSuccessCount");
    }

    /** Returns the number of events that committed transactions took from the channel. */
    long taken() {
        return read("EventTakeSuccessCount");
    }

    private long read(String attribute) {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
