// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.HttpSender;
import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.output.Output;
import io.flafka.testing.torture.output.TopicOutput;
import io.flafka.testing.torture.output.TwoOutputs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP source, a Kafka channel, and a failover group of two Kafka sinks: the first one writes another cluster, the
 * second one the channel's cluster, if the other one is gone.
 */
record FailoverTwoClusters() implements Pipeline {
    private static final String STANDBY = "out-standby";

    @Override
    public String name() {
        return "failover-two-clusters";
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.CHANNEL, PARTITIONS, STANDBY, PARTITIONS);
    }

    @Override
    public Map<String, Integer> targetTopics() {
        return Map.of(Topics.OUT, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.CHANNEL;
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
        group.put("sinkgroups.g1.processor.maxpenalty", "10000");
        return new AgentFile(agent)
                .source(site.httpSource(agent))
                .channel(site.channel(agent, Topics.CHANNEL, GROUP))
                .sink("k1", impatient(site.sink(agent, Topics.OUT)))
                .sink("k2", site.sink(site.brokers(), agent, STANDBY))
                .lines(group)
                .text();
    }

    /** A sink fails over when its producer gives up, which takes two minutes by default. */
    private static Map<String, String> impatient(Map<String, String> sink) {
        Map<String, String> properties = new TreeMap<>(sink);
        properties.put("kafka.producer.max.block.ms", "4000");
        properties.put("kafka.producer.request.timeout.ms", "3000");
        properties.put("kafka.producer.delivery.timeout.ms", "4000");
        return properties;
    }

    @Override
    public List<Sender> senders(Site site) {
        return HttpSender.toEach(Pipeline.AGENTS.stream().map(site::port).toList());
    }

    @Override
    public Output output(Site site) {
        return new TwoOutputs(
                new TopicOutput(site.target().bootstrapServers(), List.of(Topics.OUT), Topics.DEAD),
                new TopicOutput(site.brokers().bootstrapServers(), List.of(STANDBY), Topics.DEAD));
    }
}
