// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.FlumeHome;
import io.flafka.testing.torture.load.Sender;
import io.flafka.testing.torture.output.Output;
import io.flafka.testing.torture.output.TopicOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline that is tortured: what its agents run, what it is fed with, and where it delivers to. */
public interface Pipeline {
    /** The agents of each pipeline. */
    List<String> AGENTS = List.of("a1", "a2");

    /** The consumer group that reads the shared topic. */
    String GROUP = "readers";

    /** The number of partitions of each topic. */
    int PARTITIONS = 6;

    /** Returns the name on the command line. */
    String name();

    /** Returns whether these components have what the pipeline needs. */
    default boolean supports(Components components) {
        return true;
    }

    /** Returns the topics and their numbers of partitions. */
    Map<String, Integer> topics();

    /** Returns the topics of the second cluster and their numbers of partitions. Without topics, the pipeline has one cluster. */
    default Map<String, Integer> targetTopics() {
        return Map.of();
    }

    /** Returns the topic that consumers share, and that gets more partitions. */
    String sharedTopic();

    /** Returns the topic that agents write at the end, if they do. */
    default Optional<String> outputTopic() {
        return Optional.of(Topics.OUT);
    }

    /** Returns the topic that is sometimes deleted and created again, if there is one. What it had is lost. */
    default Optional<String> recreatedTopic() {
        return Optional.empty();
    }

    /** Returns whether events wait in files of the agents. */
    default boolean storesFiles() {
        return false;
    }

    /** Returns whether the output refuses some of the load's events, which become dead letters. */
    default boolean refuses(Settings settings) {
        return settings.tolerance() == Settings.Tolerance.ALL;
    }

    /** Returns the settings of a topic. */
    default Map<String, String> topicSettings(String topic, Settings settings) {
        return refuses(settings) && settings.sizeLimit() == Settings.SizeLimit.TOPIC && topic.startsWith(Topics.OUT)
                ? Map.of("max.message.bytes", Site.LARGEST)
                : Map.of();
    }

    /** Returns the settings that the pipeline can have of those that a seed has chosen. */
    default Settings possible(Settings drawn) {
        return drawn;
    }

    /** Returns whether nothing is delivered twice. */
    default boolean exactlyOnce() {
        return false;
    }

    /** Returns whether the events of a key arrive in order with these settings. */
    boolean keepsOrder(Settings settings);

    /** Adds what the agents need to their home. */
    default void prepare(FlumeHome home) {
        // Most need nothing.
    }

    /** Returns by agent the folder in which files make its interceptor slow or let it fail. */
    default Map<String, Path> interceptorFolders(Site site) {
        return Map.of();
    }

    /** Returns the file of an agent. */
    String agentFile(Site site, String agent);

    /** Returns who feeds it. */
    List<Sender> senders(Site site);

    /** Returns where it delivers to. */
    default Output output(Site site) {
        return new TopicOutput(site.target().bootstrapServers(), List.of(Topics.OUT), Topics.DEAD);
    }
}
