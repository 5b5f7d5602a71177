// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** Reads a channel's own counters, so that no code is between the channel and the component. */
final class ChannelCounters {
    private ChannelCounters() {}

    /** Returns the number of events that committed transactions put into the channel. */
    static long put(String channel) {
        return read(channel, "EventPutSuccessCount");
    }

    /** Returns the number of events that committed transactions took from the channel. */
    static long taken(String channel) {
        return read(channel, "EventTakeSuccessCount");
    }

    private static long read(String channel, String attribute) {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("org.apache.flume.channel:type=" + channel), attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
