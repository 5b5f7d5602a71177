// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.KafkaClients;
import io.flafka.config.PropertyValues;
import io.flafka.lifecycle.MonotonicClock;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The operator's choice of what to do with bad records: {@code errors.tolerance}, with or without a dead letter topic. Each choice starts the policy
 * that carries it out.
 */
public sealed interface ErrorTolerance {

    /**
     * Reads the choice from a component's properties. Adds invalid values to their problems.
     *
     * @param kind the kind of component, as log lines name it, such as {@code KafkaSource}
     * @param componentName the component's name in the agent file
     * @param isOwnTopic whether the component reads or always writes the topic of that name: dead letters there would form an endless loop
     */
    static ErrorTolerance from(
            PropertyValues values,
            ClientSettingsBuilder clients,
            String kind,
            String componentName,
            Predicate<String> isOwnTopic) {
        Optional<String> topic = values.find(ErrorProperties.DEAD_LETTER_TOPIC);
        if (!values.get(ErrorProperties.TOLERANCE_ALL)) {
            topic.ifPresent(name -> values.problems()
                    .warn(ErrorProperties.DEAD_LETTER_TOPIC + " has no effect without " + ErrorProperties.TOLERANCE_ALL
                            + "=all"));
            warnOfUnusedClient(values, topic);
            return new None();
        }
        String component = kind + " " + componentName;
        BadRecordLog log = new BadRecordLog(component, detail(values));
        if (topic.isEmpty()) {
            values.problems()
                    .warn(ErrorProperties.TOLERANCE_ALL + "=all without " + ErrorProperties.DEAD_LETTER_TOPIC
                            + " drops every bad record");
            warnOfUnusedClient(values, topic);
            return new All(log);
        }
        boolean isInOtherCluster = ClientProperties.deadLetterCluster(values).isPresent();
        if (!isInOtherCluster && isOwnTopic.test(topic.get())) {
            values.problems()
                    .invalid(
                            ErrorProperties.DEAD_LETTER_TOPIC.name(),
                            topic.get(),
                            "a topic that this component does not use otherwise");
        }
        AllToTopic letters = new AllToTopic(
                topic.get(),
                values.get(ErrorProperties.REPLICATION_FACTOR),
                Optional.of(new DeadLetterHeaders(component))
                        .filter(wanted -> values.get(ErrorProperties.CONTEXT_HEADERS)),
                log,
                clients.deadLetterProducer(kind, componentName));
        return isInOtherCluster ? new AllToOtherCluster(letters) : letters;
    }

    private static void warnOfUnusedClient(PropertyValues values, Optional<String> topic) {
        if (!values.below(ClientProperties.DEAD_LETTER_PREFIX).isEmpty()) {
            values.problems()
                    .warn(ClientProperties.DEAD_LETTER_PREFIX + "* has no effect without "
                            + (topic.isEmpty()
                                    ? ErrorProperties.DEAD_LETTER_TOPIC
                                    : ErrorProperties.TOLERANCE_ALL + "=all"));
        }
    }

    private static BadRecordLog.Detail detail(PropertyValues values) {
        if (!values.get(ErrorProperties.LOG)) {
            return BadRecordLog.Detail.NOTHING;
        }
        return values.get(ErrorProperties.LOG_CONTENT) ? BadRecordLog.Detail.CONTENT : BadRecordLog.Detail.REASON;
    }

    /**
     * Starts the policy, which the caller closes.
     *
     * @param metrics counts the bad records
     * @param clients creates the client that writes dead letters, if any
     */
    BadRecordPolicy start(BadRecordMetrics metrics, KafkaClients clients);

    /**
     * Starts the policy for batches that are Kafka transactions, with dead letters in the same transaction. The caller closes it.
     *
     * @param metrics counts the bad records
     * @param clients creates the client that creates the dead letter topic, if any
     * @param keyCharset the charset in which the producer of the batches writes keys
     */
    default BadRecordPolicy startInTransactions(BadRecordMetrics metrics, KafkaClients clients, Charset keyCharset) {
        return start(metrics, clients);
    }

    /** Returns a copy with changed client settings; the same object if this choice needs no client. */
    default ErrorTolerance withClient(UnaryOperator<ClientSettings> change) {
        return this;
    }

    /** {@code errors.tolerance=none}: stops at the first bad record. */
    record None() implements ErrorTolerance {

        private static final String REMEDY = "fix the cause, or skip the record with " + ErrorProperties.TOLERANCE_ALL
                + "=all and " + ErrorProperties.DEAD_LETTER_TOPIC;

        @Override
        public BadRecordPolicy start(BadRecordMetrics metrics, KafkaClients clients) {
            return record -> {
                throw new FlowStoppedException(
                        record,
                        TopicRefusal.of(record).map(TopicRefusal::remedy).orElse(REMEDY));
            };
        }
    }

    /**
     * {@code errors.tolerance=all} without a dead letter topic: drops bad records.
     *
     * @param log logs the skipped records
     */
    record All(BadRecordLog log) implements ErrorTolerance {

        @Override
        public BadRecordPolicy start(BadRecordMetrics metrics, KafkaClients clients) {
            BadRecordPolicy drop = record -> {
                metrics.onSkipped(record);
                log.logSkipped(record, "dropped");
            };
            return new RefusedTopicReport(drop, log.component(), "dropped", MonotonicClock.INSTANCE);
        }
    }

    /**
     * {@code errors.tolerance=all} with a dead letter topic: skips a bad record once Kafka has acknowledged it there.
     *
     * @param topic the name of the dead letter topic
     * @param replicationFactor the topic's replication factor if it must be created
     * @param context the headers to add to each dead letter, if any
     * @param log logs the skipped records
     * @param producer the settings of the client that writes dead letters
     */
    record AllToTopic(
            String topic,
            short replicationFactor,
            Optional<DeadLetterHeaders> context,
            BadRecordLog log,
            ClientSettings producer)
            implements ErrorTolerance {

        @Override
        public ErrorTolerance withClient(UnaryOperator<ClientSettings> change) {
            return new AllToTopic(topic, replicationFactor, context, log, change.apply(producer));
        }

        @Override
        public BadRecordPolicy startInTransactions(BadRecordMetrics metrics, KafkaClients clients, Charset keyCharset) {
            return reportingRefusals(new TransactionalDeadLetterQueue(startQueue(metrics, clients), keyCharset));
        }

        @Override
        public BadRecordPolicy start(BadRecordMetrics metrics, KafkaClients clients) {
            return reportingRefusals(startQueue(metrics, clients));
        }

        private RefusedTopicReport reportingRefusals(BadRecordPolicy policy) {
            return new RefusedTopicReport(
                    policy, log.component(), "written to dead letter topic " + topic, MonotonicClock.INSTANCE);
        }

        private DeadLetterQueue startQueue(BadRecordMetrics metrics, KafkaClients clients) {
            DeadLetterQueue queue = new DeadLetterQueue(
                    new DeadLetterTopic(topic, replicationFactor, producer, clients::admin),
                    clients::bytesProducer,
                    context,
                    metrics,
                    log);
            queue.prepare();
            return queue;
        }
    }

    /**
     * {@code errors.tolerance=all} with a dead letter topic in another cluster. No Kafka transaction spans two clusters, so the letters are never in the
     * transaction of a batch.
     *
     * @param letters writes the letters
     */
    record AllToOtherCluster(AllToTopic letters) implements ErrorTolerance {

        @Override
        public BadRecordPolicy start(BadRecordMetrics metrics, KafkaClients clients) {
            return letters.start(metrics, clients);
        }
    }
}
