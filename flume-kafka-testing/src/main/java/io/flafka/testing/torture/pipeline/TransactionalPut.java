// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.HttpSender;
import io.flafka.testing.torture.load.Sender;
import java.util.List;
import java.util.Map;

/**
 * An HTTP source and a Kafka channel whose puts are Kafka transactions. The channel's topic is the output. A put that the
 * source acknowledges is there once; one that it does not acknowledge is there once or not at all.
 */
record TransactionalPut() implements Pipeline {

    @Override
    public String name() {
        return "transactional-put";
    }

    @Override
    public boolean supports(Components components) {
        return components == Components.FLAFKA;
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.OUT, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.OUT;
    }

    @Override
    public boolean refuses(Settings settings) {
        return false;
    }

    @Override
    public boolean exactlyOnce() {
        return true;
    }

    @Override
    public boolean keepsOrder(Settings settings) {
        return true;
    }

    @Override
    public String agentFile(Site site, String agent) {
        Map<String, String> channel = site.channel(agent, Topics.OUT, GROUP);
        channel.put("kafka.producer.transactional.id", "torture");
        channel.put("kafka.producer.transaction.timeout.ms", "20000");
        return new AgentFile(agent)
                .source(site.httpSource(agent))
                .channel(channel)
                .text();
    }

    @Override
    public List<Sender> senders(Site site) {
        return HttpSender.toEach(Pipeline.AGENTS.stream().map(site::port).toList());
    }
}
