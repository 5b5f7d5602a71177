// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.pipeline.Pipeline;
import io.flafka.testing.torture.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What an operator does to topics: other leaders, more partitions. */
final class TopicFaults {
    private static final int MOST_ADDED = 4;

    private final Stage stage;
    private final List<String> topics;
    private final String growing;
    private int added;

    /**
     * Creates them.
     *
     * @param topics the topics whose leaders move
     * @param growing the topic that gets partitions
     */
    TopicFaults(Stage stage, List<String> topics, String growing) {
        this.stage = stage;
        this.topics = List.copyOf(topics);
        this.growing = growing;
    }

    List<FaultKind> kinds() {
        List<FaultKind> kinds = new ArrayList<>(List.of(this::moveLeaders, this::moveLeaders));
        kinds.add(this::addPartition);
        return kinds;
    }

    /** Returns the deletion and creation of a topic. */
    List<FaultKind> recreations(String topic) {
        return List.of(random -> Fault.instant(
                "recreate-topic",
                topic,
                Set.of("topics"),
                () -> stage.admin().recreateTopic(topic, Pipeline.PARTITIONS)));
    }

    private Fault moveLeaders(Random random) {
        String topic = topics.get(random.nextInt(topics.size()));
        return Fault.instant(
                "move-leaders", topic, Set.of("topics"), () -> stage.admin().moveLeaders(topic));
    }

    private Fault addPartition(Random random) {
        if (added == MOST_ADDED) {
            return moveLeaders(random);
        }
        added++;
        return Fault.instant(
                "add-partition", growing, Set.of("topics"), () -> stage.admin().addPartition(growing));
    }
}
