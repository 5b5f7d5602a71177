// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.SecretNames;
import io.flafka.failure.ClientAccess;
import io.flafka.failure.FailureReason;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.JmxReporter;

/**
 * The final properties of one Kafka client, ready for its constructor.
 *
 * <p>Immutable. {@link #toString} shows every property, but hides values that may be secret.
 *
 * @param properties by Kafka's names, without the agent file's prefixes
 */
public record ClientSettings(Map<String, Object> properties) {

    /** Longer than all waits of a transaction together: the brokers must not abort it and fence its producer while it is in progress. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 240_000;
    /** The brokers reject a transaction until they have completed the one before, so the producer retries soon. */
    private static final int TRANSACTION_RETRY_BACKOFF_MILLIS = 10;

    /** Copies the properties. */
    public ClientSettings {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** Returns {@code bootstrap.servers} for messages, with the security protocol if it is TLS: a port without TLS would not answer. */
    public String brokers() {
        String protocol = securityProtocol();
        return protocol.endsWith("SSL")
                ? bootstrapServers() + " with security.protocol=" + protocol
                : bootstrapServers();
    }

    private String bootstrapServers() {
        return String.valueOf(properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** Returns how messages name this client's brokers and its user. */
    public ClientAccess access(ClientAccess.TopicUse use) {
        return new ClientAccess(bootstrapServers(), securityProtocol(), ClientUser.of(this), use);
    }

    /** Returns a copy with these brokers, unless some are set. */
    public ClientSettings withBrokers(String brokers) {
        return withDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    }

    /** Returns {@code security.protocol}, in upper case. */
    public String securityProtocol() {
        return String.valueOf(properties.getOrDefault(
                        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL))
                .toUpperCase(Locale.ROOT);
    }

    /** Returns the consumer's group. */
    public String groupId() {
        return String.valueOf(properties.get(CommonClientConfigs.GROUP_ID_CONFIG));
    }

    /** Returns {@code group.protocol}. */
    public String groupProtocol() {
        return String.valueOf(
                properties.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG, ConsumerConfig.DEFAULT_GROUP_PROTOCOL));
    }

    /** Returns {@code client.id}. */
    public String clientId() {
        return String.valueOf(properties.get(CommonClientConfigs.CLIENT_ID_CONFIG));
    }

    /** Returns {@code max.request.size} in bytes, which also limits the size of a record. */
    public int maxRequestSize() {
        return Math.toIntExact(number(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.configDef()));
    }

    /** Returns the settings of an admin client for the same cluster, without the properties that only consumers and producers have. */
    ClientSettings forAdmin() {
        Map<String, Object> admin = new TreeMap<>(properties);
        admin.keySet()
                .removeIf(name -> Stream.of(ProducerConfig.configNames(), ConsumerConfig.configNames())
                                .anyMatch(names -> names.contains(name))
                        && !AdminClientConfig.configNames().contains(name));
        return new ClientSettings(admin);
    }

    /** Returns a copy for one of several clients that share their work. The number is added to the names that must be unique. */
    ClientSettings numbered(int number) {
        Map<String, Object> changed = new TreeMap<>(properties);
        for (String unique :
                List.of(CommonClientConfigs.CLIENT_ID_CONFIG, CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG)) {
            changed.computeIfPresent(unique, (name, value) -> value + "-" + number);
        }
        return new ClientSettings(changed);
    }

    /** Returns {@code max.poll.interval.ms}. */
    public Duration maxPollInterval() {
        return millis(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, ConsumerConfig.configDef());
    }

    /** Returns {@code auto.offset.reset} as the agent file sets it, else Kafka's default. */
    public String offsetReset() {
        return String.valueOf(properties.getOrDefault(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"));
    }

    /** Returns {@code metadata.max.age.ms}. */
    Duration metadataMaxAge() {
        return millis(ConsumerConfig.METADATA_MAX_AGE_CONFIG, ConsumerConfig.configDef());
    }

    /** Returns {@code delivery.timeout.ms}, or the sum of {@code linger.ms} and {@code request.timeout.ms} if that is longer, as Kafka does. */
    public Duration deliveryTimeout() {
        ConfigDef kafka = ProducerConfig.configDef();
        Duration timeout = millis(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, kafka);
        Duration min = millis(ProducerConfig.LINGER_MS_CONFIG, kafka)
                .plus(millis(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, kafka));
        return timeout.compareTo(min) < 0 ? min : timeout;
    }

    private Duration millis(String name, ConfigDef kafka) {
        return Duration.ofMillis(number(name, kafka));
    }

    private long number(String name, ConfigDef kafka) {
        return Long.parseLong(String.valueOf(
                properties.getOrDefault(name, kafka.defaultValues().get(name))));
    }

    /** Returns the operator's own classes that a producer calls with each record. */
    public List<String> customClasses() {
        return Stream.of(
                        ProducerConfig.PARTITIONER_CLASS_CONFIG,
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG)
                .map(properties::get)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(name -> !name.startsWith("org.apache.kafka."))
                .toList();
    }

    /** Returns the charset in which a producer writes keys. */
    public Charset keyCharset() {
        return Stream.of("key.serializer.encoding", "serializer.encoding")
                .map(properties::get)
                .filter(Objects::nonNull)
                .map(name -> Charset.forName(name.toString()))
                .findFirst()
                .orElse(UTF_8);
    }

    /** Returns a copy with this value for one of Kafka's properties, unless it is set. */
    public ClientSettings withDefault(String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(properties);
        changed.putIfAbsent(name, value);
        return new ClientSettings(changed);
    }

    /** Returns a copy with this value for one of Kafka's properties. */
    public ClientSettings with(String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(properties);
        changed.put(name, value);
        return new ClientSettings(changed);
    }

    /** Returns {@code transactional.id} as the agent file sets it. */
    public Optional<String> transactionalId() {
        return Optional.ofNullable(properties.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG))
                .map(Object::toString);
    }

    /** Returns whether a consumer waits for the end of each transaction, and leaves out aborted ones. */
    public boolean readsCommitted() {
        return "read_committed".equals(properties.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG));
    }

    /** Returns a copy for another client of the same component: the name is added to {@code client.id}, which must be unique. */
    public ClientSettings named(String name) {
        Map<String, Object> changed = new TreeMap<>(properties);
        changed.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, (key, client) -> client + "-" + name);
        return new ClientSettings(changed);
    }

    /**
     * Returns a copy for one of several transactional producers.
     *
     * @param id the producer's own transactional id
     * @param number is added to {@code client.id}, which must be unique
     */
    public ClientSettings withTransactionalId(String id, int number) {
        Map<String, Object> changed = new TreeMap<>(properties);
        changed.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        changed.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, (name, client) -> client + "-" + number);
        changed.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        changed.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, TRANSACTION_RETRY_BACKOFF_MILLIS);
        return new ClientSettings(changed);
    }

    /** Returns a copy for a client that gives its metrics to a component, besides the reporters that it has anyway. */
    ClientSettings reportingTo(ClientMetrics metrics) {
        String reporter = ClientMetricsReporter.class.getName();
        Map<String, Object> changed = new TreeMap<>(properties);
        changed.merge(
                CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
                JmxReporter.class.getName() + "," + reporter,
                (given, unused) -> given + "," + reporter);
        changed.put(ClientMetricsReporter.METRICS, metrics);
        return new ClientSettings(changed);
    }

    /**
     * Returns the exception for a client that rejects its settings, or whose class does not load. Kafka's own message does not say why.
     *
     * @param client the kind of client, for the message
     */
    FlumeException creationFailure(String client, Throwable cause) {
        return new ClientCreationException("the Kafka %s %s for kafka.bootstrap.servers=%s cannot be created: %s"
                .formatted(
                        client,
                        clientId(),
                        brokers(),
                        CustomClassCheck.misplaced(properties)
                                .or(() -> TokenFailure.in(cause, properties))
                                .orElseGet(() -> FailureReason.deepest(cause))));
    }

    /** Returns which classes of the operator's the client cannot load or use, and what to do; empty if it can use all. */
    public Optional<String> unusableClasses() {
        return CustomClassCheck.misplaced(properties);
    }

    @Override
    public String toString() {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + SecretNames.shown(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
