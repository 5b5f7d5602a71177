// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.TopicAddress;
import io.flafka.config.Problems;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import java.util.Optional;
import org.apache.flume.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether a sink with {@code delivery.guarantee = exactly-once} can have it with its channel.
 *
 * @param sinkName the sink's name in the agent file
 * @param settings the sink's settings
 */
record ExactlyOnceCheck(String sinkName, SinkSettings settings) {

    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceCheck.class);

    /**
     * Takes over the commit of the channel's offsets.
     *
     * @throws org.apache.flume.conf.ConfigurationException with each reason why exactly once is not possible
     */
    void takeOverCommitsOf(Channel channel) {
        Problems problems = new Problems("Kafka sink " + sinkName, "");
        if (channel instanceof ExactlyOnceChannel ours) {
            ours.obstaclesForSinks()
                    .forEach(
                            obstacle -> problems.error(needs("channel %s: %s".formatted(channel.getName(), obstacle))));
            checkCluster(ours.topicAddress(), channel.getName(), problems);
        } else {
            problems.error(needs(
                    "channel %s: type = io.flafka.KafkaChannel: a sink can commit only the offsets of a Kafka channel"
                            .formatted(channel.getName())));
        }
        problems.logOrThrow(LOG);
        ((ExactlyOnceChannel) channel).leaveCommitsTo(sinkName);
    }

    private void checkCluster(Optional<TopicAddress> channelTopic, String channelName, Problems problems) {
        if (channelTopic.isPresent() && !channelTopic.get().isInClusterOf(settings.producer())) {
            problems.error(needs(
                    ("channel %s: the same kafka.bootstrap.servers as the sink, which has %s: a Kafka transaction cannot span"
                                    + " clusters. If it is the same cluster, name at least one broker in both with the same host and port")
                            .formatted(channelName, settings.producer().brokers())));
        }
    }

    private static String needs(String what) {
        return SinkProperties.DELIVERY_GUARANTEE + " = exactly-once needs in " + what;
    }
}
