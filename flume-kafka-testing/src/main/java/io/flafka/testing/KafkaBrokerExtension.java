// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kafka.
 * <pre>{@code
 * @RegisterExtension
 * static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();
 * }</pre>
 * {@link #shared()} is one broker per test JVM, because a start takes seconds. Tests must not disturb it.
 * {@link #dedicated()} and {@link #cluster(int)} belong to the field that holds them. A static field's brokers start
 * before the class and stop after it; an instance field's start before each method and stop after it. Tests may kill,
 * freeze and restart them.
 *
 * <p>Brokers are forked JVMs. With the system property {@code flafka.broker=container} the shared broker runs in a
 * container. With {@code auto} it does so if a container engine answers and has the image.
 */
public final class KafkaBrokerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KafkaBrokerExtension.class);

    private final Ownership ownership;
    private final Launch launch;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private @Nullable KafkaCluster cluster;

    /**
     * Creates the extension for {@code @ExtendWith}: the shared broker, passed as parameters of type {@link
     * KafkaCluster} and {@link TestTopic}.
     */
    public KafkaBrokerExtension() {
        this(
                Ownership.SHARED,
                properties -> useContainer() ? ContainerBroker.start() : ForkedCluster.start(1, properties));
    }

    private KafkaBrokerExtension(Ownership ownership, Launch launch) {
        this.ownership = ownership;
        this.launch = launch;
    }

    /** Returns the single broker of this test JVM. */
    public static KafkaBrokerExtension shared() {
        return new KafkaBrokerExtension();
    }

    /** Returns a new broker, always in a forked JVM. */
    public static KafkaBrokerExtension dedicated() {
        return cluster(1);
    }

    /** Returns new brokers and a controller, always in forked JVMs. Topics have up to three replicas. */
    public static KafkaBrokerExtension cluster(int brokers) {
        return new KafkaBrokerExtension(Ownership.DEDICATED, properties -> ForkedCluster.start(brokers, properties));
    }

    /** Returns new brokers and a controller of another Kafka version. */
    public static KafkaBrokerExtension cluster(String runtime, int brokers) {
        return new KafkaBrokerExtension(
                Ownership.DEDICATED, properties -> ForkedCluster.start(runtime, brokers, properties));
    }

    /** Returns new brokers of an old Kafka version and a ZooKeeper. */
    public static KafkaBrokerExtension clusterWithZooKeeper(String runtime, int brokers) {
        return new KafkaBrokerExtension(
                Ownership.DEDICATED, properties -> ZooKeeperCluster.startWithZooKeeper(runtime, brokers, properties));
    }

    /** Adds a server property. Not allowed for the shared broker. */
    public KafkaBrokerExtension with(String property, String value) {
        if (ownership == Ownership.SHARED) {
            throw new IllegalStateException("The shared broker takes no properties: use dedicated()");
        }
        properties.put(property, value);
        return this;
    }

    /** Adds a listener that requires a login; for {@link #dedicated()}. */
    public KafkaBrokerExtension with(ScramListener listener) {
        listener.serverProperties().forEach(this::with);
        return this;
    }

    /** Adds a listener with TLS; for {@link #dedicated()}. */
    public KafkaBrokerExtension with(TlsListener listener) {
        listener.serverProperties().forEach(this::with);
        return this;
    }

    /** Returns the {@code bootstrap.servers} of a client. */
    public String bootstrapServers() {
        return cluster().bootstrapServers();
    }

    /** Returns the running Kafka. */
    public KafkaCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException(
                    "No broker runs yet: the field that holds the extension needs @RegisterExtension");
        }
        return cluster;
    }

    /** Returns the first broker. */
    public KafkaBroker broker() {
        return broker(0);
    }

    /**
     * Returns a broker of {@link #dedicated()} or {@link #cluster(int)}, which the test may kill, freeze or restart.
     */
    public KafkaBroker broker(int index) {
        return ownCluster().brokers().get(index);
    }

    private ForkedCluster ownCluster() {
        if (ownership == Ownership.DEDICATED && cluster() instanceof ForkedCluster forked) {
            return forked;
        }
        throw new IllegalStateException("The shared broker belongs to other tests too: use dedicated()");
    }

    /** Returns the cluster of {@link #clusterWithZooKeeper(String, int)}. */
    public ZooKeeperCluster zookeeperCluster() {
        if (cluster() instanceof ZooKeeperCluster zookeeperCluster) {
            return zookeeperCluster;
        }
        throw new IllegalStateException("This Kafka has no ZooKeeper: use clusterWithZooKeeper(...)");
    }

    /** Creates a topic with one partition. */
    public TestTopic topic() {
        return topic(1);
    }

    /** Creates a topic. */
    public TestTopic topic(int partitions) {
        return TestTopic.create(cluster(), partitions);
    }

    /**
     * Creates a topic with one unreplicated partition per broker of {@link #cluster(int)}: partition {@code i} is on
     * {@link #broker(int)} {@code i}.
     */
    public TestTopic topicWithoutReplicas() {
        return TestTopic.createUnreplicated(ownCluster());
    }

    /** Creates a topic with one partition on the given brokers of {@link #cluster(int)}. The first one leads it. */
    public TestTopic topicOn(Integer... indexes) {
        return TestTopic.createOn(ownCluster(), List.of(indexes));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = ownership.find(context, this, this::start);
    }

    /** For a field that is not static, because {@link #beforeAll} does not run for it. */
    @Override
    public void beforeEach(ExtensionContext context) {
        cluster = ownership.find(context, this, this::start);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaCluster.class || type == TestTopic.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestTopic.class ? topic() : cluster();
    }

    private KafkaCluster start() {
        return launch.with(properties);
    }

    private static boolean useContainer() {
        String kind = System.getProperty("flafka.broker", "forked");
        return switch (kind) {
            case "forked" -> false;
            case "container" -> true;
            case "auto" -> ContainerBroker.isAvailable();
            default ->
                throw new IllegalArgumentException(
                        "flafka.broker must be forked, container or auto, but is '" + kind + "'");
        };
    }

    /** Starts a cluster. */
    private interface Launch {
        KafkaCluster with(Map<String, String> properties);
    }

    /** The owner of a broker. JUnit's store closes its values when its context ends. */
    private enum Ownership {
        SHARED {
            @Override
            KafkaCluster find(ExtensionContext context, Object owner, Supplier<KafkaCluster> start) {
                return context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent("shared", key -> start.get(), KafkaCluster.class);
            }
        },
        DEDICATED {
            @Override
            KafkaCluster find(ExtensionContext context, Object owner, Supplier<KafkaCluster> start) {
                // A method's store also searches its class's store, so it finds a static field's broker.
                return context.getStore(NAMESPACE).computeIfAbsent(owner, key -> start.get(), KafkaCluster.class);
            }
        };

        abstract KafkaCluster find(ExtensionContext context, Object owner, Supplier<KafkaCluster> start);
    }
}
