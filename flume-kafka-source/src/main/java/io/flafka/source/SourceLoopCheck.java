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
 * Looks for channels that keep their events in a topic that the source reads: each event would come back for ever.
 *
 * @param topics that the source reads
 * @param consumer of the source
 */
record SourceLoopCheck(TopicSubscription topics, ClientSettings consumer) {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLoopCheck.class);

    /** Tells the operator of each. */
    void warn(String source, List<Channel> channels) {
        for (Channel channel : channels) {
            Optional<TopicAddress> kept = TopicBackedChannel.topicOf(channel);
            if (kept.filter(this::isRead).isPresent()) {
                LOG.warn(
                        "KafkaSource {}: reads topic {}, in which its channel {} keeps its events: each event comes back and is put again, for"
                                + " ever. Give the channel another kafka.topic",
                        source,
                        kept.get().topic(),
                        channel.getName());
            }
        }
    }

    private boolean isRead(TopicAddress kept) {
        return topics.isAmong(Set.of(kept.topic())) && kept.isInClusterOf(consumer);
    }
}
