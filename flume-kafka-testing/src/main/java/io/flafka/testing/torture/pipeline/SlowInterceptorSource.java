// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.FlumeHome;
import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.load.TopicSender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A producer, a Kafka source with an interceptor that is sometimes slower than its group allows, a Kafka channel, a Kafka
 * sink.
 */
record SlowInterceptorSource() implements Pipeline {

    @Override
    public String name() {
        return "slow-interceptor-source";
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.IN, PARTITIONS, Topics.CHANNEL, PARTITIONS, Topics.OUT, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.IN;
    }

    @Override
    public boolean keepsOrder(Settings settings) {
        return settings.keepOrder();
    }

    @Override
    public void prepare(FlumeHome home) {
        SlowInterceptorJar.install(home);
    }

    @Override
    public Map<String, Path> interceptorFolders(Site site) {
        return AGENTS.stream().collect(Collectors.toMap(agent -> agent, site::directory));
    }

    @Override
    public String agentFile(Site site, String agent) {
        Map<String, String> source = site.source(agent, Topics.IN, GROUP);
        source.put("interceptors", "slow");
        source.put("interceptors.slow.type", SlowInterceptorJar.BUILDER);
        source.put("interceptors.slow.folder", site.directory(agent).toString());
        source.put("kafka.consumer.max.poll.interval.ms", "10000");
        source.put("batchSize", "100");
        return new AgentFile(agent)
                .source(source)
                .channel(site.channel(agent, Topics.CHANNEL, "channel-" + GROUP))
                .sink("k1", site.sink(agent, Topics.OUT))
                .text();
    }

    @Override
    public List<Sender> senders(Site site) {
        return TopicSender.of(2, site.brokers().bootstrapServers(), Topics.IN);
    }
}
