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
 * {@link #shared()} is one broker a test JVM, for tests that leave it alone: a start costs seconds.
 * {@link #dedicated()} and {@link #cluster(int)} belong to the field that holds them: they are started before the class
 * (static field) or the method (instance field), ended after it, and may be killed, frozen and started again.
 *
 * <p>Brokers are forked JVMs. With the system property {@code flafka.broker=container} the shared one runs in a
 * container, with {@code auto} if a container engine answers and has the image.
 */
public final class KafkaBrokerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KafkaBrokerExtension.class);

    private final Ownership ownership;
    private final Launch launch;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private @Nullable KafkaCluster cluster;

    /** For {@code @ExtendWith}: the shared broker, met through parameters of type {@link KafkaCluster} and {@link TestTopic}. */
    public KafkaBrokerExtension() {
        this(
                Ownership.SHARED,
                properties -> useContainer() ? ContainerBroker.start() : ForkedCluster.start(1, properties));
    }

    private KafkaBrokerExtension(Ownership ownership, Launch launch) {
        this.ownership = ownership;
        this.launch = launch;
    }

    /** The one broker of this test JVM. */
    public static KafkaBrokerExtension shared() {
        return new KafkaBrokerExtension();
    }

    /** A broker of its own, always a forked JVM. */
    public static KafkaBrokerExtension dedicated() {
        return cluster(1);
    }

    /** Several brokers of its own and a controller, always forked JVMs; topics are replicated to up to three. */
    public static KafkaBrokerExtension cluster(int brokers) {
        return new KafkaBrokerExtension(Ownership.DEDICATED, properties -> ForkedCluster.start(brokers, properties));
    }

    /** Another version's brokers of its own and a controller. */
    public static KafkaBrokerExtension cluster(String runtime, int brokers) {
        return new KafkaBrokerExtension(
                Ownership.DEDICATED, properties -> ForkedCluster.start(runtime, brokers, properties));
    }

    /** An old version's brokers of its own and a ZooKeeper. */
    public static KafkaBrokerExtension clusterWithZooKeeper(String runtime, int brokers) {
        return new KafkaBrokerExtension(
                Ownership.DEDICATED, properties -> ZooKeeperCluster.startWithZooKeeper(runtime, brokers, properties));
    }

    /** Adds a server property; not for the shared broker. */
    public KafkaBrokerExtension with(String property, String value) {
        if (ownership == Ownership.SHARED) {
            throw new IllegalStateException("The shared broker takes no properties: use dedicated()");
        }
        properties.put(property, value);
        return this;
    }

    /** Adds a listener where clients log in; for {@link #dedicated()}. */
    public KafkaBrokerExtension with(ScramListener listener) {
        listener.serverProperties().forEach(this::with);
        return this;
    }

    /** Adds a listener that shows a certificate; for {@link #dedicated()}. */
    public KafkaBrokerExtension with(TlsListener listener) {
        listener.serverProperties().forEach(this::with);
        return this;
    }

    /** What a client's {@code bootstrap.servers} takes. */
    public String bootstrapServers() {
        return cluster().bootstrapServers();
    }

    /** The running Kafka. */
    public KafkaCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException(
                    "No broker runs yet: the field that holds the extension needs @RegisterExtension");
        }
        return cluster;
    }

    /** The only or first broker. */
    public KafkaBroker broker() {
        return broker(0);
    }

    /** One of the brokers of {@link #dedicated()} or {@link #cluster(int)}, to be killed, frozen or restarted. */
    public KafkaBroker broker(int index) {
        return own().brokers().get(index);
    }

    private ForkedCluster own() {
        if (ownership == Ownership.DEDICATED && cluster() instanceof ForkedCluster forked) {
            return forked;
        }
        throw new IllegalStateException("The shared broker belongs to other tests too: use dedicated()");
    }

    /** The cluster of {@link #clusterWithZooKeeper(String, int)}. */
    public ZooKeeperCluster zookeeperCluster() {
        if (cluster() instanceof ZooKeeperCluster kept) {
            return kept;
        }
        throw new IllegalStateException("This Kafka has no ZooKeeper: use clusterWithZooKeeper(...)");
    }

    /** A new topic of one partition. */
    public TestTopic topic() {
        return topic(1);
    }

    /** A new topic. */
    public TestTopic topic(int partitions) {
        return TestTopic.create(cluster(), partitions);
    }

    /** A new topic with a partition on each broker of {@link #cluster(int)}, and nowhere else: partition {@code i} on {@link #broker(int)} {@code i}. */
    public TestTopic topicWithoutReplicas() {
        return TestTopic.createUnreplicated(own());
    }

    /** A new topic of one partition on some brokers of {@link #cluster(int)}; the first one leads it. */
    public TestTopic topicOn(Integer... indexes) {
        return TestTopic.createOn(own(), List.of(indexes));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = ownership.find(context, this, this::start);
    }

    /** For a field that is not static: there was no {@link #beforeAll}. */
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
            case "auto" -> ContainerBroker.isAtHand();
            default ->
                throw new IllegalArgumentException(
                        "flafka.broker must be forked, container or auto, but is '" + kind + "'");
        };
    }

    /** How it is started. */
    private interface Launch {
        KafkaCluster with(Map<String, String> properties);
    }

    /** Whose broker it is; a store closes what it holds when its context ends. */
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
                // A method's store looks into its class's store first: a static field's broker is found there.
                return context.getStore(NAMESPACE).computeIfAbsent(owner, key -> start.get(), KafkaCluster.class);
            }
        };

        abstract KafkaCluster find(ExtensionContext context, Object owner, Supplier<KafkaCluster> start);
    }
}
