// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.pipeline.Pipeline;
import io.flafka.testing.torture.pipeline.Settings;
import io.flafka.testing.torture.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The kinds of faults that a pipeline's promise allows. */
final class Catalogue {

    private Catalogue() {}

    static List<FaultKind> of(Stage stage, Pipeline pipeline, Settings settings) {
        List<FaultKind> kinds = new ArrayList<>();
        kinds.addAll(new BrokerFaults(stage, pipeline.group()).kinds());
        kinds.addAll(new LinkFaults(stage).kinds());
        AgentFaults agents = new AgentFaults(stage);
        kinds.addAll(agents.kinds());
        if (pipeline.storesFiles()) {
            kinds.addAll(agents.kindsWithFiles());
        }
        String protocol = settings.protocol().name().toLowerCase(Locale.ROOT);
        kinds.addAll(new GroupFaults(
                        stage, new GroupFaults.Membership(pipeline.group(), pipeline.sharedTopic(), protocol))
                .kinds());
        List<String> topics = pipeline.topics().keySet().stream().sorted().toList();
        kinds.addAll(new TopicFaults(stage, topics, pipeline.sharedTopic()).kinds());
        if (settings.refusals() == Settings.Refusals.SOMETIMES) {
            refusals(stage, pipeline, settings, kinds);
        }
        return List.copyOf(kinds);
    }

    private static void refusals(Stage stage, Pipeline pipeline, Settings settings, List<FaultKind> kinds) {
        AccessFaults access = new AccessFaults(stage);
        kinds.addAll(access.logins());
        kinds.addAll(access.reading(pipeline.sharedTopic(), pipeline.group()));
        // An event that must not be written is a bad one, so with a tolerance it would be skipped.
        if (settings.tolerance() == Settings.Tolerance.NONE) {
            pipeline.outputTopic().ifPresent(topic -> kinds.addAll(access.writing(topic)));
        }
    }
}
