// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.load.TopicSender;
import java.util.List;
import java.util.Map;

/** A producer, a Kafka source, a Kafka channel that commits the source's offsets, and a Kafka sink that commits the channel's. */
record SourceChannelSinkExactlyOnce() implements Pipeline {

    @Override
    public String name() {
        return "source-channel-sink-exactly-once";
    }

    @Override
    public boolean supports(Components components) {
        return components == Components.FLAFKA;
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.IN, PARTITIONS, Topics.CHANNEL, PARTITIONS, Topics.OUT, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.IN;
    }

    // A dead letter that does not fit into the sink's own request is written outside of its transaction: at least once.
    @Override
    public Settings possible(Settings drawn) {
        return drawn.limiting(Settings.SizeLimit.TOPIC);
    }

    @Override
    public boolean exactlyOnce() {
        return true;
    }

    // What fails is aborted as a whole, and one transaction at a time has the events of a partition.
    @Override
    public boolean keepsOrder(Settings settings) {
        return true;
    }

    @Override
    public String agentFile(Site site, String agent) {
        Map<String, String> source = site.source(agent, Topics.IN, GROUP);
        source.put("delivery.guarantee", "exactly-once");
        Map<String, String> channel = site.channel(agent, Topics.CHANNEL, "channel-" + GROUP);
        channel.put("ordering", "partition");
        channel.putAll(ChannelSinkExactlyOnce.TRANSACTIONS);
        Map<String, String> sink = site.sink(agent, Topics.OUT);
        sink.put("delivery.guarantee", "exactly-once");
        sink.putAll(ChannelSinkExactlyOnce.TRANSACTIONS);
        return new AgentFile(agent)
                .source(source)
                .channel(channel)
                .sink("k1", sink)
                .text();
    }

    @Override
    public List<Sender> senders(Site site) {
        return TopicSender.of(2, site.brokers().bootstrapServers(), Topics.IN);
    }
}
