// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.TopicAddress;
import io.flafka.config.Problems;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import java.util.List;
import java.util.Optional;
import org.apache.flume.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether a source with {@code delivery.guarantee = exactly-once} can have it with its channels.
 *
 * @param source the source's name in the agent file
 * @param settings the source's settings
 */
record ExactlyOnceCheck(String source, SourceSettings settings) {

    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceCheck.class);

    /**
     * Has the channel commit the source's offsets.
     *
     * @throws org.apache.flume.conf.ConfigurationException with each reason why exactly once is not possible
     */
    void handOverCommitsTo(List<Channel> channels) {
        Problems problems = new Problems("Kafka source " + source, "");
        if (channels.size() == 1 && channels.get(0) instanceof ExactlyOnceChannel ours) {
            ours.obstaclesForSources()
                    .forEach(obstacle -> problems.error(needs("in channel " + ours.getName() + ": " + obstacle)));
            checkCluster(ours.topicAddress(), ours.getName(), problems);
        } else {
            problems.error(needs(
                    "one channel, of type io.flafka.KafkaChannel: a Kafka transaction can write only to Kafka. The"
                            + " source has " + describe(channels)));
        }
        problems.logOrThrow(LOG);
        ((ExactlyOnceChannel) channels.get(0)).acceptOffsetsOf(source);
    }

    private void checkCluster(Optional<TopicAddress> channelTopic, String channelName, Problems problems) {
        if (channelTopic.isPresent() && !channelTopic.get().isInClusterOf(settings.consumer())) {
            problems.error(needs(
                    ("in channel %s: the same kafka.bootstrap.servers as the source, which has %s: a Kafka transaction cannot"
                                    + " span clusters. If it is the same cluster, name at least one broker in both with the same host and port")
                            .formatted(channelName, settings.consumer().brokers())));
        }
    }

    private static String describe(List<Channel> channels) {
        return channels.stream()
                .map(channel -> channel.getName() + " (" + channel.getClass().getSimpleName() + ")")
                .toList()
                .toString();
    }

    private static String needs(String what) {
        return SourceProperties.DELIVERY_GUARANTEE + " = exactly-once needs " + what;
    }
}
