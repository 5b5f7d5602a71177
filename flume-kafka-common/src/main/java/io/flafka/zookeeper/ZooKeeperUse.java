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
 * What a component uses ZooKeeper for, according to the agent file.
 *
 * @param brokers the ZooKeeper to look up the brokers in; empty if the agent file names the brokers
 * @param offsets the ZooKeeper to migrate the group's offsets from; empty if no offsets are migrated
 */
public record ZooKeeperUse(Optional<String> brokers, Optional<String> offsets) {

    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperUse.class);

    /** Reads the agent file's values. Adds warnings to their problems, so that operators stop using ZooKeeper before their cluster does. */
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
                            + ": the brokers are looked up in ZooKeeper, which newer Kafka clusters do not have; set "
                            + ClientProperties.BROKERS);
        } else if (migrates) {
            values.problems()
                    .warn(ClientProperties.ZOOKEEPER + " is used only to migrate the offsets of the group, because "
                            + ClientProperties.BROKERS + " is set: remove it when the offsets are in Kafka (see"
                            + " kafka-consumer-groups.sh --describe)");
        } else {
            values.problems()
                    .warn(ClientProperties.ZOOKEEPER + " has no effect, because " + ClientProperties.BROKERS
                            + " is set and " + ClientProperties.MIGRATE_OFFSETS + " = false: remove "
                            + ClientProperties.ZOOKEEPER + " and " + ClientProperties.MIGRATE_OFFSETS);
        }
        return new ZooKeeperUse(
                address.filter(zookeeper -> !values.isGiven(ClientProperties.BROKERS)),
                address.filter(zookeeper -> migrates));
    }

    /**
     * Looks up the brokers, if the agent file does not name them.
     *
     * @param component the component's kind and name, as messages show them
     * @return a function that adds the brokers to a client's settings; it changes nothing if the agent file names the brokers
     * @throws org.apache.flume.FlumeException if the brokers cannot be found in a bounded time
     */
    public UnaryOperator<ClientSettings> lookUpBrokers(String component) {
        return lookUpBrokers(component, ZooKeeperReader.Factory.REAL);
    }

    UnaryOperator<ClientSettings> lookUpBrokers(String component, ZooKeeperReader.Factory factory) {
        if (brokers.isEmpty()) {
            return UnaryOperator.identity();
        }
        try {
            ZooKeeperBrokers registered = ZooKeeperBrokers.lookUp(brokers.get(), factory);
            return client -> withBrokers(component, client, registered);
        } catch (ZooKeeperException unknown) {
            throw notFound(unknown);
        }
    }

    private static ClientSettings withBrokers(String component, ClientSettings client, ZooKeeperBrokers registered) {
        try {
            String found = registered.bootstrapServers(client.securityProtocol());
            LOG.info(
                    "{}: brokers found in ZooKeeper {} for client {}: {}",
                    component,
                    registered.zookeeper(),
                    client.clientId(),
                    found);
            return client.withBrokers(found);
        } catch (ZooKeeperException unknown) {
            throw notFound(unknown);
        }
    }

    private static BrokersNotFoundException notFound(ZooKeeperException unknown) {
        // zookeeperConnect may still be needed: without it the group would lose its place in ZooKeeper.
        return new BrokersNotFoundException(
                "cannot find the Kafka brokers: %s. Set %s, and keep %s only to migrate the offsets of the group"
                        .formatted(unknown.getMessage(), ClientProperties.BROKERS, ClientProperties.ZOOKEEPER));
    }

    /**
     * Creates the migration of offsets for a consumer, if the agent file wants it.
     *
     * @param component the component's kind and name, as messages show them
     * @param client the consumer's settings
     * @param consumer the consumer that gets the offsets
     */
    public StartingOffsets startingOffsets(String component, ClientSettings client, Consumer<?, ?> consumer) {
        return offsets.<StartingOffsets>map(zookeeper -> new OffsetMigration(
                        component,
                        consumer,
                        new ZooKeeperOffsets(zookeeper, ZooKeeperReader.Factory.REAL, client.groupId()),
                        MonotonicClock.INSTANCE))
                .orElse(StartingOffsets.KAFKA_ONLY);
    }
}
