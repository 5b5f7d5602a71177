// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a channel, and sees whether any other sink does: then what this one has given back may be in the other one's hands, and an equal event that
 * comes may be a new one.
 *
 * <p>Flume's channels count each call of {@code take} before they give an event. A channel of which that cannot be seen is taken for a shared one, and
 * so is one that was ever shared: the other sink may be waiting in it. For one thread at a time.
 */
final class SharedChannelDetector {

    private static final String MBEAN = "org.apache.flume.channel:type=";
    private static final String TAKES = "EventTakeAttemptCount";

    private @Nullable Channel channel;
    private OptionalLong before = OptionalLong.empty();
    private long own;
    private boolean shared;

    /** The channel's next event, or null. The channel is the same each time. */
    @Nullable
    Event take(Channel from) {
        if (channel == null) {
            channel = from;
            before = takes(from);
        }
        own++;
        return from.take();
    }

    /** Whether nobody else has taken from the channel since the first take here. */
    boolean isAlone() {
        if (!shared && channel != null) {
            shared = before.isEmpty() || !takes(channel).equals(OptionalLong.of(before.getAsLong() + own));
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
