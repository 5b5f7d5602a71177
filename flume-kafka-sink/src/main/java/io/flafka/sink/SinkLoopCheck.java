// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.TopicAddress;
import io.flafka.client.TopicBackedChannel;
import java.util.Optional;
import org.apache.flume.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether the sink writes to the topic in which its channel keeps its events: then each event would come back in an endless loop.
 *
 * @param settings the sink's settings
 */
record SinkLoopCheck(SinkSettings settings) {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoopCheck.class);

    /** Logs a warning if there is a loop. */
    void warnIfLoop(String sinkName, Channel channel) {
        Optional<TopicAddress> channelTopic = TopicBackedChannel.topicOf(channel);
        if (channelTopic.filter(this::isTopicOfSink).isPresent()) {
            LOG.warn(
                    "KafkaSink {}: writes to topic {}, in which its channel {} keeps its events: each event comes back and is written again, in an"
                            + " endless loop. Set kafka.topic to another topic",
                    sinkName,
                    channelTopic.get().topic(),
                    channel.getName());
        }
    }

    private boolean isTopicOfSink(TopicAddress channelTopic) {
        return channelTopic.topic().equals(settings.topic()) && channelTopic.isInClusterOf(settings.producer());
    }
}
