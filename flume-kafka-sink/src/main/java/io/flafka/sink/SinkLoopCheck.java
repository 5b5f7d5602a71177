// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.TopicAddress;
import io.flafka.client.TopicBackedChannel;
import java.util.Optional;
import org.apache.flume.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether the sink's channel keeps its events in the topic that the sink writes to: each event would come back for ever.
 *
 * @param settings of the sink
 */
record SinkLoopCheck(SinkSettings settings) {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoopCheck.class);

    /** Tells the operator, if so. */
    void warn(String sink, Channel channel) {
        Optional<TopicAddress> kept = TopicBackedChannel.topicOf(channel);
        if (kept.filter(this::isWritten).isPresent()) {
            LOG.warn(
                    "KafkaSink {}: writes to topic {}, in which its channel {} keeps its events: each event comes back and is written again, for"
                            + " ever. Set kafka.topic to another topic",
                    sink,
                    kept.get().topic(),
                    channel.getName());
        }
    }

    private boolean isWritten(TopicAddress kept) {
        return kept.topic().equals(settings.topic()) && kept.isInClusterOf(settings.producer());
    }
}
