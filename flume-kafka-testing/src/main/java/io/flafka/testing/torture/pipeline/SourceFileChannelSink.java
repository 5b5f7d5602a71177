// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.LoadEvent;
import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.load.TopicSender;
import io.flafka.testing.torture.output.Output;
import io.flafka.testing.torture.output.TopicOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A producer, a Kafka source, a file channel of each agent, a Kafka sink. */
record SourceFileChannelSink() implements Pipeline {
    private static final int PARTITIONS = 6;

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
    public String group() {
        return "source-readers";
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
        Map<String, String> source = site.source(agent, group());
        source.put("kafka.topics", Topics.IN);
        source.putAll(mappedHeaders());
        Path files = site.directory(agent);
        Map<String, String> channel = Map.of(
                "type",
                "file",
                "checkpointDir",
                files.resolve("checkpoint").toString(),
                "dataDirs",
                files.resolve("data").toString(),
                "capacity",
                "20000",
                "transactionCapacity",
                "1000",
                "minimumRequiredSpace",
                "1048576");
        Map<String, String> sink = site.sink(agent);
        sink.put("kafka.topic", Topics.OUT);
        sink.put("partitionIdHeader", LoadEvent.OUTPUT_PARTITION);
        sink.putAll(Sizes.refusingHuge(site.settings()));
        return new AgentFile(agent)
                .source(source)
                .channel(channel)
                .sink("k1", sink)
                .text();
    }

    /** Returns a source's properties that turn the load's record headers into event headers. */
    static Map<String, String> mappedHeaders() {
        return Stream.of(LoadEvent.ID, LoadEvent.PARTITION, LoadEvent.OUTPUT_PARTITION)
                .collect(Collectors.toMap(header -> "header." + header, header -> header));
    }

    @Override
    public List<Sender> senders(Site site) {
        String brokers = site.brokers().bootstrapServers();
        return List.of(new TopicSender(brokers, Topics.IN), new TopicSender(brokers, Topics.IN));
    }

    @Override
    public Output output(Site site) {
        return new TopicOutput(site.brokers().bootstrapServers(), List.of(Topics.OUT), Topics.DEAD);
    }
}
