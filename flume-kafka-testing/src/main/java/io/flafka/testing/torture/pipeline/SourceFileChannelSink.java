// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.load.TopicSender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A producer, a Kafka source, a file channel of each agent, a Kafka sink. */
record SourceFileChannelSink() implements Pipeline {

    @Override
    public String name() {
        return "source-filechannel-sink";
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.IN, PARTITIONS, Topics.OUT, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.IN;
    }

    @Override
    public boolean storesFiles() {
        return true;
    }

    // What one agent has in its files waits for that agent, while another one delivers what follows.
    @Override
    public boolean keepsOrder(Settings settings) {
        return false;
    }

    @Override
    public String agentFile(Site site, String agent) {
        return new AgentFile(agent)
                .source(site.source(agent, Topics.IN, GROUP))
                .channel(fileChannel(site.directory(agent)))
                .sink("k1", site.sink(agent, Topics.OUT))
                .text();
    }

    /** Returns a file channel in a folder. */
    static Map<String, String> fileChannel(Path folder) {
        return Map.of(
                "type",
                "file",
                "checkpointDir",
                folder.resolve("checkpoint").toString(),
                "dataDirs",
                folder.resolve("data").toString(),
                "capacity",
                "20000",
                "transactionCapacity",
                "1000",
                "minimumRequiredSpace",
                "1048576");
    }

    @Override
    public List<Sender> senders(Site site) {
        return TopicSender.of(2, site.brokers().bootstrapServers(), Topics.IN);
    }
}
