// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.ClientSettings;
import io.flafka.client.TopicAddress;
import io.flafka.client.TopicBackedChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds channels that keep their events in a topic that the source reads. Each event would loop endlessly.
 *
 * @param topics the topics that the source reads
 * @param consumer the settings of the source's consumer
 */
record SourceLoopCheck(TopicSubscription topics, ClientSettings consumer) {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLoopCheck.class);

    /** Logs a warning for each channel that forms a loop with the source. */
    void warn(String source, List<Channel> channels) {
        for (Channel channel : channels) {
            Optional<TopicAddress> channelTopic = TopicBackedChannel.topicOf(channel);
            if (channelTopic.filter(this::isReadBySource).isPresent()) {
                LOG.warn(
                        "KafkaSource {}: reads topic {}, in which its channel {} keeps its events: every event loops endlessly. Set"
                                + " another kafka.topic for the channel",
                        source,
                        channelTopic.get().topic(),
                        channel.getName());
            }
        }
    }

    private boolean isReadBySource(TopicAddress channelTopic) {
        return topics.containsAny(Set.of(channelTopic.topic())) && channelTopic.isInClusterOf(consumer);
    }
}
