// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.load.TopicSender;
import io.flafka.testing.torture.output.FileOutput;
import io.flafka.testing.torture.output.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A producer, a Kafka channel without a source, and Flume's rolling files. */
record ChannelRollingFile() implements Pipeline {

    @Override
    public String name() {
        return "channel-rolling-file";
    }

    @Override
    public Map<String, Integer> topics() {
        return Map.of(Topics.CHANNEL, PARTITIONS);
    }

    @Override
    public String sharedTopic() {
        return Topics.CHANNEL;
    }

    @Override
    public Optional<String> outputTopic() {
        return Optional.empty();
    }

    @Override
    public boolean refuses(Settings settings) {
        return false;
    }

    // Flume's components take only whole events from a channel that they do not write.
    @Override
    public boolean supports(Components components) {
        return components == Components.FLAFKA;
    }

    @Override
    public boolean keepsOrder(Settings settings) {
        return settings.ordering() == Settings.Ordering.PARTITION;
    }

    @Override
    public String agentFile(Site site, String agent) {
        Map<String, String> channel = new TreeMap<>(site.channel(agent, Topics.CHANNEL, GROUP));
        channel.put("parseAsFlumeEvent", "false");
        channel.put("headers.include", "*");
        return new AgentFile(agent)
                .channel(channel)
                .sink(
                        "k1",
                        Map.of(
                                "type",
                                "file_roll",
                                "sink.directory",
                                folder(site, agent).toString(),
                                "sink.rollInterval",
                                "10",
                                "sink.serializer",
                                "HEADER_AND_TEXT"))
                .text();
    }

    private static Path folder(Site site, String agent) {
        try {
            return Files.createDirectories(site.directory(agent).resolve("files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Sender> senders(Site site) {
        return TopicSender.of(2, site.brokers().bootstrapServers(), Topics.CHANNEL);
    }

    @Override
    public Output output(Site site) {
        return new FileOutput(AGENTS.stream().collect(Collectors.toMap(agent -> agent, agent -> folder(site, agent))));
    }
}
