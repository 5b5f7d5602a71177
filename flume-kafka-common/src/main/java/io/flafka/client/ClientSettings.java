// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.SecretNames;
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

/**
 * The final properties of one Kafka client, ready for its constructor.
 *
 * <p>Immutable. Its text names every property, and hides the values of those that may be secret.
 *
 * @param properties by Kafka's own names, without a prefix of ours
 */
public record ClientSettings(Map<String, Object> properties) {

    /** More than all waits of a transaction together: the brokers must not end it, and shut its producer out, while it is still under way. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 240_000;
    /** A transaction that follows another closely is told to come again until the brokers are done with that one. */
    private static final int TRANSACTION_RETRY_BACKOFF_MILLIS = 10;

    /** Keeps a copy. */
    public ClientSettings {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** The value of {@code bootstrap.servers}, for messages; with TLS, as a port without does not answer. */
    public String brokers() {
        String brokers = String.valueOf(properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        String protocol = securityProtocol();
        return protocol.endsWith("SSL") ? brokers + " with security.protocol=" + protocol : brokers;
    }

    /** With brokers, unless it has some. */
    public ClientSettings withBrokers(String brokers) {
        return withDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    }

    /** How the client speaks with its brokers. */
    public String securityProtocol() {
        return String.valueOf(properties.getOrDefault(
                        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL))
                .toUpperCase(Locale.ROOT);
    }

    /** The consumer's group. */
    public String groupId() {
        return String.valueOf(properties.get(CommonClientConfigs.GROUP_ID_CONFIG));
    }

    /** How the consumer is a member of its group. */
    public String groupProtocol() {
        return String.valueOf(
                properties.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG, ConsumerConfig.DEFAULT_GROUP_PROTOCOL));
    }

    /** The client's name, for messages. */
    public String clientId() {
        return String.valueOf(properties.get(CommonClientConfigs.CLIENT_ID_CONFIG));
    }

    /** The most bytes that a producer sends at once, and so the largest record it can write. */
    public int largestRequest() {
        return Math.toIntExact(number(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.configDef()));
    }

    /** For an administrator beside a producer or consumer of these settings: without what only those have. */
    ClientSettings forAdmin() {
        Map<String, Object> admin = new TreeMap<>(properties);
        admin.keySet()
                .removeIf(name -> Stream.of(ProducerConfig.configNames(), ConsumerConfig.configNames())
                                .anyMatch(names -> names.contains(name))
                        && !AdminClientConfig.configNames().contains(name));
        return new ClientSettings(admin);
    }

    /** The same for one of several clients that do the same work: where Kafka wants a name to be a client's own, it gets that number. */
    ClientSettings numbered(int number) {
        Map<String, Object> changed = new TreeMap<>(properties);
        for (String own : List.of(CommonClientConfigs.CLIENT_ID_CONFIG, CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG)) {
            changed.computeIfPresent(own, (name, value) -> value + "-" + number);
        }
        return new ClientSettings(changed);
    }

    /** How long a consumer may be away from its polls. */
    public Duration maxPollInterval() {
        return millis(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, ConsumerConfig.configDef());
    }

    /** Where a consumer begins without a committed offset, as the agent file says; Kafka's default if it does not. */
    public String offsetReset() {
        return String.valueOf(properties.getOrDefault(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"));
    }

    /** How old a consumer's knowledge of its topics may get. */
    Duration metadataMaxAge() {
        return millis(ConsumerConfig.METADATA_MAX_AGE_CONFIG, ConsumerConfig.configDef());
    }

    /** Within what time a producer promises an answer. Unless it is told, Kafka takes what its other waits need. */
    public Duration deliveryTimeout() {
        ConfigDef kafka = ProducerConfig.configDef();
        Duration timeout = millis(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, kafka);
        Duration least = millis(ProducerConfig.LINGER_MS_CONFIG, kafka)
                .plus(millis(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, kafka));
        return timeout.compareTo(least) < 0 ? least : timeout;
    }

    private Duration millis(String name, ConfigDef kafka) {
        return Duration.ofMillis(number(name, kafka));
    }

    private long number(String name, ConfigDef kafka) {
        return Long.parseLong(String.valueOf(
                properties.getOrDefault(name, kafka.defaultValues().get(name))));
    }

    /** Of the classes that a producer calls with each record, those that are not Kafka's. */
    public List<String> operatorsClasses() {
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

    /** The character set in which a producer writes keys. */
    public Charset keyCharset() {
        return Stream.of("key.serializer.encoding", "serializer.encoding")
                .map(properties::get)
                .filter(Objects::nonNull)
                .map(name -> Charset.forName(name.toString()))
                .findFirst()
                .orElse(UTF_8);
    }

    /** With that value for one of Kafka's properties, unless the agent file has one. */
    public ClientSettings withDefault(String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(properties);
        changed.putIfAbsent(name, value);
        return new ClientSettings(changed);
    }

    /** The value of {@code transactional.id}, as the agent file has it. */
    public Optional<String> transactionalId() {
        return Optional.ofNullable(properties.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG))
                .map(Object::toString);
    }

    /**
     * Those of one of several transactional producers.
     *
     * @param id its own transactional id
     * @param number tells its client's name from the others'
     */
    public ClientSettings withTransactionalId(String id, int number) {
        Map<String, Object> changed = new TreeMap<>(properties);
        changed.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        changed.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, (name, client) -> client + "-" + number);
        changed.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        changed.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, TRANSACTION_RETRY_BACKOFF_MILLIS);
        return new ClientSettings(changed);
    }

    /** What to throw when a client refuses its settings, or a class that they name does not load: Kafka's own message says only that it does. */
    FlumeException refused(String client, Throwable refused) {
        return new ClientCreationException("the Kafka %s %s for kafka.bootstrap.servers=%s cannot be made: %s"
                .formatted(
                        client,
                        clientId(),
                        brokers(),
                        CustomClassCheck.misplaced(properties).orElseGet(() -> FailureReason.deepest(refused))));
    }

    @Override
    public String toString() {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + SecretNames.shown(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
