// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.stage;

import java.util.List;

/**
 * A cluster in which each agent is a user who may do everything.
 *
 * @param brokers its brokers
 * @param admin what an operator changes in it
 */
public record Cluster(Brokers brokers, ClusterAdmin admin) implements AutoCloseable {

    /** Starts so many brokers, and adds a user for each agent. */
    static Cluster start(int size, List<String> agents) {
        Brokers brokers = Brokers.start(size, agents);
        ClusterAdmin admin = new ClusterAdmin(brokers);
        for (String agent : agents) {
            admin.restorePassword(agent);
            admin.grantAll(agent);
        }
        return new Cluster(brokers, admin);
    }

    @Override
    public void close() {
        admin.close();
        brokers.close();
    }
}
