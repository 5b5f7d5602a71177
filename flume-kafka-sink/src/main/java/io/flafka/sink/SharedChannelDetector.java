// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Detects whether another sink takes from the same channel. If so, that sink may get the events that this one rolled back, and an equal event may be
 * a new one.
 *
 * <p>Compares the takes of this sink with the channel's metric: Flume's channels count each call of {@code take} before they give an event. A channel
 * without that metric counts as shared. Once shared, a channel stays shared, because the other sink may be waiting inside it.
 *
 * <p>For one thread at a time.
 */
final class SharedChannelDetector {

    private static final String MBEAN = "org.apache.flume.channel:type=";
    private static final String TAKES = "EventTakeAttemptCount";

    private @Nullable Channel channel;
    private OptionalLong takesBefore = OptionalLong.empty();
    private long ownTakes;
    private boolean shared;

    /**
     * Counts a take of this sink. Must be called before each take.
     *
     * @param from the channel, the same in each call
     */
    void beforeTake(Channel from) {
        if (channel == null) {
            channel = from;
            takesBefore = takes(from);
        }
        ownTakes++;
    }

    /** Returns whether only this sink has taken from the channel since its first take. */
    boolean isAlone() {
        if (!shared && channel != null) {
            shared = takesBefore.isEmpty()
                    || !takes(channel).equals(OptionalLong.of(takesBefore.getAsLong() + ownTakes));
        }
        return !shared;
    }

    private static OptionalLong takes(Channel channel) {
        try {
            Object count = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(MBEAN + channel.getName()), TAKES);
            return count instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
        } catch (JMException notCounted) {
            return OptionalLong.empty();
        }
    }
}
