// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.stage;

import io.flafka.testing.FlumeHome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One cluster or two, agents, and the links between them. */
public final class Stage implements AutoCloseable {
    private static final int BROKERS = 3;

    private final List<Cluster> clusters = new ArrayList<>();
    private final List<StageAgent> agents = new ArrayList<>();

    private Stage() {}

    /** Starts three brokers, with a user for each agent. */
    public static Stage start(List<String> agents) {
        Stage stage = new Stage();
        stage.clusters.add(Cluster.start(BROKERS, agents));
        return stage;
    }

    /** Starts a second cluster, of one broker, too: the whole cluster is gone when that broker is. */
    public static Stage startWithTarget(List<String> agents) {
        Stage stage = start(agents);
        try {
            stage.clusters.add(Cluster.start(1, agents));
            return stage;
        } catch (RuntimeException | Error notStarted) {
            stage.close();
            throw notStarted;
        }
    }

    /** Starts the agents. Does not wait for them. */
    public void startAgents(FlumeHome home, List<String> names, Function<String, String> files) {
        for (String name : names) {
            agents.add(new StageAgent(home, name, files.apply(name)));
        }
        agents.forEach(StageAgent::start);
    }

    /** Returns the brokers of the first cluster. */
    public Brokers brokers() {
        return clusters.get(0).brokers();
    }

    /** Returns what an operator changes in the first cluster. */
    public ClusterAdmin admin() {
        return clusters.get(0).admin();
    }

    /** Returns the cluster that the agents deliver to: the second one, if there are two. */
    public Cluster target() {
        return clusters.get(clusters.size() - 1);
    }

    /** Returns the agents in the order of their names. */
    public List<StageAgent> agents() {
        return List.copyOf(agents);
    }

    @Override
    public void close() {
        agents.forEach(StageAgent::close);
        clusters.forEach(Cluster::close);
    }
}
