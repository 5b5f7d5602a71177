// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.config.PropertyValues;
import io.flafka.consume.offsets.StartingOffsets;
import io.flafka.lifecycle.MonotonicClock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a component needs ZooKeeper for, as its agent file says.
 *
 * @param brokers the ZooKeeper that knows the brokers; none if the agent file names them
 * @param offsets the ZooKeeper in which the group may have offsets; none if these are not wanted
 */
public record ZooKeeperUse(Optional<String> brokers, Optional<String> offsets) {

    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperUse.class);

    /** The choice in the values of a component, with warnings among their problems: a cluster without ZooKeeper must not come as a surprise. */
    public static ZooKeeperUse from(PropertyValues values) {
        Optional<String> address = values.find(ClientProperties.ZOOKEEPER);
        boolean given = values.isGiven(ClientProperties.ZOOKEEPER);
        boolean migrates = values.get(ClientProperties.MIGRATE_OFFSETS);
        if (!given) {
            if (values.isGiven(ClientProperties.MIGRATE_OFFSETS)) {
                values.problems()
                        .warn(ClientProperties.MIGRATE_OFFSETS + " has no effect without " + ClientProperties.ZOOKEEPER
                                + ": remove it");
            }
        } else if (!values.isGiven(ClientProperties.BROKERS)) {
            values.problems()
                    .warn(ClientProperties.ZOOKEEPER
                            + ": the brokers are looked up in ZooKeeper, which newer clusters do not have;" + " write "
                            + ClientProperties.BROKERS);
        } else if (migrates) {
            values.problems()
                    .warn(ClientProperties.ZOOKEEPER + " beside " + ClientProperties.BROKERS
                            + " is needed only until the offsets of the group are in Kafka: remove it then");
        } else {
            values.problems()
                    .warn(ClientProperties.ZOOKEEPER + " has no effect beside " + ClientProperties.BROKERS + " with "
                            + ClientProperties.MIGRATE_OFFSETS + " = false: remove both");
        }
        return new ZooKeeperUse(
                address.filter(zookeeper -> !values.isGiven(ClientProperties.BROKERS)),
                address.filter(zookeeper -> migrates));
    }

    /**
     * Finds out where the brokers are now.
     *
     * @param component how messages name the component
     * @return adds them to the settings of a client that has none
     * @throws org.apache.flume.FlumeException if they cannot be found out within a bound
     */
    public UnaryOperator<ClientSettings> lookUpBrokers(String component) {
        return lookUpBrokers(component, ZooKeeperReader.Factory.REAL);
    }

    UnaryOperator<ClientSettings> lookUpBrokers(String component, ZooKeeperReader.Factory factory) {
        if (brokers.isEmpty()) {
            return UnaryOperator.identity();
        }
        try {
            ZooKeeperBrokers registered = ZooKeeperBrokers.in(brokers.get(), factory);
            return client -> withBrokers(component, client, registered);
        } catch (ZooKeeperException unknown) {
            throw notFound(component, unknown);
        }
    }

    private static ClientSettings withBrokers(String component, ClientSettings client, ZooKeeperBrokers registered) {
        try {
            String found = registered.bootstrapServers(client.securityProtocol());
            LOG.info(
                    "{}: ZooKeeper {} has the brokers {} for {}",
                    component,
                    registered.zookeeper(),
                    found,
                    client.clientId());
            return client.withBrokers(found);
        } catch (ZooKeeperException unknown) {
            throw notFound(component, unknown);
        }
    }

    private static BrokersNotFoundException notFound(String component, ZooKeeperException unknown) {
        return new BrokersNotFoundException("%s: does not know its brokers: %s. Write %s instead of %s"
                .formatted(component, unknown.getMessage(), ClientProperties.BROKERS, ClientProperties.ZOOKEEPER));
    }

    /**
     * Where a consumer begins.
     *
     * @param component how messages name the component
     * @param client the consumer's settings
     */
    public StartingOffsets firstOffsets(String component, ClientSettings client, Consumer<?, ?> consumer) {
        return offsets.<StartingOffsets>map(zookeeper -> new OffsetMigration(
                        component,
                        consumer,
                        new ZooKeeperOffsets(zookeeper, ZooKeeperReader.Factory.REAL, client.groupId()),
                        MonotonicClock.INSTANCE))
                .orElse(StartingOffsets.OF_KAFKA);
    }
}
