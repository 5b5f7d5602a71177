// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.HttpSender;
import io.flafka.testing.torture.load.LoadEvent;
import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.output.Output;
import io.flafka.testing.torture.output.TopicOutput;
import java.util.List;
import java.util.Map;

/** Numbered events from an HTTP source, through a Kafka channel that all agents share, to a Kafka sink. */
record SeqChannelSink() implements Pipeline {
    private static final int PARTITIONS = 6;

    @Override
    public String name() {
        return "seq-channel-sink";
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.CHANNEL, PARTITIONS, Topics.OUT, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.CHANNEL;
    }

    @Override
    public String group() {
        return "channel-readers";
    }

    @Override
    public boolean keepsOrder(Settings settings) {
        return settings.keepOrder();
    }

    @Override
    public String agentFile(Site site, String agent) {
        Map<String, String> channel = site.channel(agent, group());
        channel.put("kafka.topic", Topics.CHANNEL);
        channel.put("partitionIdHeader", LoadEvent.PARTITION);
        Map<String, String> sink = site.sink(agent);
        sink.put("kafka.topic", Topics.OUT);
        sink.put("partitionIdHeader", LoadEvent.OUTPUT_PARTITION);
        sink.putAll(Sizes.refusingHuge(site.settings()));
        return new AgentFile(agent)
                .source(Map.of("type", "http", "bind", "127.0.0.1", "port", Integer.toString(site.port(agent))))
                .channel(channel)
                .sink("k1", sink)
                .text();
    }

    @Override
    public List<Sender> senders(Site site) {
        return AGENTS.stream()
                .<Sender>map(agent -> new HttpSender(site.port(agent)))
                .toList();
    }

    @Override
    public Output output(Site site) {
        return new TopicOutput(site.brokers().bootstrapServers(), List.of(Topics.OUT), Topics.DEAD);
    }
}
