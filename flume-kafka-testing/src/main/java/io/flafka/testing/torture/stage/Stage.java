// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.stage;

import io.flafka.testing.FlumeHome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Brokers, agents, and the links between them. */
public final class Stage implements AutoCloseable {
    private final Brokers brokers;
    private final ClusterAdmin admin;
    private final List<StageAgent> agents = new ArrayList<>();

    private Stage(Brokers brokers) {
        this.brokers = brokers;
        this.admin = new ClusterAdmin(brokers.bootstrapServers());
    }

    /** Starts the brokers and adds a user for each agent. */
    public static Stage start(List<String> agents) {
        Stage stage = new Stage(Brokers.start(agents));
        for (String agent : agents) {
            stage.admin.restorePassword(agent);
            stage.admin.grantAll(agent);
        }
        return stage;
    }

    /** Starts the agents. Does not wait for them. */
    public void startAgents(FlumeHome home, List<String> names, Function<String, String> files) {
        for (String name : names) {
            agents.add(new StageAgent(home, name, files.apply(name)));
        }
        agents.forEach(StageAgent::start);
    }

    public Brokers brokers() {
        return brokers;
    }

    public ClusterAdmin admin() {
        return admin;
    }

    /** Returns the agents in the order of their names. */
    public List<StageAgent> agents() {
        return List.copyOf(agents);
    }

    @Override
    public void close() {
        agents.forEach(StageAgent::close);
        admin.close();
        brokers.close();
    }
}
