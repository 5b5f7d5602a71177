// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.HttpSender;
import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.output.Output;
import io.flafka.testing.torture.output.TopicOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP source, a Kafka channel, and a failover group of two Kafka sinks. The agents sometimes must not write the topic
 * of the first one, as if its cluster were gone.
 */
record FailoverTwoTopics() implements Pipeline {
    private static final String SECOND = "out-2";

    @Override
    public String name() {
        return "failover-two-clusters";
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.CHANNEL, PARTITIONS, Topics.OUT, PARTITIONS, SECOND, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.CHANNEL;
    }

    @Override
    public Optional<String> outputTopic() {
        return Optional.of(Topics.OUT);
    }

    // The events of a key are in two topics.
    @Override
    public boolean keepsOrder(Settings settings) {
        return false;
    }

    @Override
    public String agentFile(Site site, String agent) {
        Map<String, String> group = new TreeMap<>();
        group.put("sinkgroups", "g1");
        group.put("sinkgroups.g1.sinks", "k1 k2");
        group.put("sinkgroups.g1.processor.type", "failover");
        group.put("sinkgroups.g1.processor.priority.k1", "10");
        group.put("sinkgroups.g1.processor.priority.k2", "5");
        group.put("sinkgroups.g1.processor.maxpenalty", "3000");
        return new AgentFile(agent)
                .source(site.httpSource(agent))
                .channel(site.channel(agent, Topics.CHANNEL, GROUP))
                .sink("k1", site.sink(agent, Topics.OUT))
                .sink("k2", site.sink(agent, SECOND))
                .lines(group)
                .text();
    }

    @Override
    public List<Sender> senders(Site site) {
        return HttpSender.toEach(Pipeline.AGENTS.stream().map(site::port).toList());
    }

    @Override
    public Output output(Site site) {
        return new TopicOutput(site.brokers().bootstrapServers(), List.of(Topics.OUT, SECOND), Topics.DEAD);
    }
}
