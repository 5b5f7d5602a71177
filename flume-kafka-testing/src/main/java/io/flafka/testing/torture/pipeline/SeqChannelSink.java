// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.HttpSender;
import io.flafka.testing.torture.load.Sender;
import java.util.List;
import java.util.Map;

/** Numbered events from an HTTP source, through a Kafka channel that all agents share, to a Kafka sink. */
record SeqChannelSink() implements Pipeline {

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
    public boolean keepsOrder(Settings settings) {
        return settings.keepOrder();
    }

    @Override
    public String agentFile(Site site, String agent) {
        return new AgentFile(agent)
                .source(site.httpSource(agent))
                .channel(site.channel(agent, Topics.CHANNEL, GROUP))
                .sink("k1", site.sink(agent, Topics.OUT))
                .text();
    }

    @Override
    public List<Sender> senders(Site site) {
        return HttpSender.toEach(Pipeline.AGENTS.stream().map(site::port).toList());
    }
}
