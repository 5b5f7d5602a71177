// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.pipeline.Pipeline;
import io.flafka.testing.torture.pipeline.Settings;
import io.flafka.testing.torture.pipeline.Site;
import io.flafka.testing.torture.stage.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The kinds of faults that a pipeline's promise allows. */
final class Catalogue {

    private Catalogue() {}

    /** Returns them in groups. The faults of a group happen one after the other, those of different groups together. */
    static List<List<FaultKind>> of(Stage stage, Pipeline pipeline, Site site) {
        List<List<FaultKind>> groups = new ArrayList<>();
        groups.add(new BrokerFaults(stage, Pipeline.GROUP).kinds());
        groups.add(new LinkFaults(stage).kinds());
        groups.add(agents(stage, pipeline));
        groups.add(new AgentFaults(stage).reloads());
        groups.add(operator(stage, pipeline, site.settings()));
        if (site.settings().refusals() == Settings.Refusals.SOMETIMES) {
            groups.add(refusals(stage, pipeline, site.settings()));
        }
        if (!pipeline.targetTopics().isEmpty()) {
            groups.add(new TargetClusterFaults(stage).kinds());
        }
        Map<String, Path> interceptors = pipeline.interceptorFolders(site);
        if (!interceptors.isEmpty()) {
            groups.add(new InterceptorFaults(interceptors).kinds());
        }
        return List.copyOf(groups);
    }

    private static List<FaultKind> agents(Stage stage, Pipeline pipeline) {
        AgentFaults agents = new AgentFaults(stage);
        List<FaultKind> kinds = new ArrayList<>(agents.kinds());
        if (pipeline.storesFiles()) {
            kinds.addAll(agents.kindsWithFiles());
        }
        return kinds;
    }

    private static List<FaultKind> operator(Stage stage, Pipeline pipeline, Settings settings) {
        String protocol = settings.protocol().name().toLowerCase(Locale.ROOT);
        List<FaultKind> kinds = new ArrayList<>(
                new GroupFaults(stage, new GroupFaults.Membership(Pipeline.GROUP, pipeline.sharedTopic(), protocol))
                        .kinds());
        List<String> topics = pipeline.topics().keySet().stream().sorted().toList();
        TopicFaults ofTopics = new TopicFaults(stage, topics, pipeline.sharedTopic());
        kinds.addAll(ofTopics.kinds());
        pipeline.recreatedTopic().ifPresent(topic -> kinds.addAll(ofTopics.recreations(topic)));
        return kinds;
    }

    private static List<FaultKind> refusals(Stage stage, Pipeline pipeline, Settings settings) {
        AccessFaults access = new AccessFaults(stage);
        List<FaultKind> kinds = new ArrayList<>(access.logins());
        kinds.addAll(access.reading(pipeline.sharedTopic(), Pipeline.GROUP));
        // An event that must not be written is a bad one, so with a tolerance it would be skipped.
        if (settings.tolerance() == Settings.Tolerance.NONE) {
            pipeline.outputTopic().ifPresent(topic -> kinds.addAll(access.writing(topic)));
        }
        return kinds;
    }
}
