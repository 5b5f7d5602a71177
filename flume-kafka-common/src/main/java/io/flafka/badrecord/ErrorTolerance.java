// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.KafkaClients;
import io.flafka.config.PropertyValues;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What an agent file wants done with records that can never pass. */
public sealed interface ErrorTolerance {

    /**
     * The choice in the values of a component; what is wrong with it goes to their problems.
     *
     * @param kind of component, as messages name it, such as {@code KafkaSource}
     * @param componentName its name in the agent file
     * @param isOwnTopic whether the component reads, or surely writes, the topic of that name: dead letters there would never end
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
            return new None();
        }
        String component = kind + " " + componentName;
        BadRecordLog log = new BadRecordLog(component, detail(values));
        if (topic.isEmpty()) {
            values.problems()
                    .warn(ErrorProperties.TOLERANCE_ALL + "=all without " + ErrorProperties.DEAD_LETTER_TOPIC
                            + " drops every record that cannot pass");
            return new All(log);
        }
        if (isOwnTopic.test(topic.get())) {
            values.problems()
                    .invalid(
                            ErrorProperties.DEAD_LETTER_TOPIC.name(),
                            topic.get(),
                            "a topic that this component does not use otherwise");
        }
        return new AllToTopic(
                topic.get(),
                values.get(ErrorProperties.REPLICATION_FACTOR),
                Optional.of(new DeadLetterHeaders(component))
                        .filter(wanted -> values.get(ErrorProperties.CONTEXT_HEADERS)),
                log,
                clients.deadLetterProducer(kind, componentName));
    }

    private static BadRecordLog.Detail detail(PropertyValues values) {
        if (!values.get(ErrorProperties.LOG)) {
            return BadRecordLog.Detail.NOTHING;
        }
        return values.get(ErrorProperties.LOG_CONTENT) ? BadRecordLog.Detail.CONTENT : BadRecordLog.Detail.REASON;
    }

    /**
     * Begins to act so.
     *
     * @param counter of the records that are passed over
     * @param clients creates the client that writes dead letters, if any
     */
    BadRecordPolicy start(BadRecordPolicy.Counter counter, KafkaClients clients);

    /** The same with other settings of its client, if it has one. */
    default ErrorTolerance withClient(UnaryOperator<ClientSettings> change) {
        return this;
    }

    /** Nothing is passed over. */
    record None() implements ErrorTolerance {

        @Override
        public BadRecordPolicy start(BadRecordPolicy.Counter counter, KafkaClients clients) {
            return new StopAtBadRecords();
        }
    }

    /**
     * All are passed over, and gone.
     *
     * @param log of the records that were passed over
     */
    record All(BadRecordLog log) implements ErrorTolerance {

        @Override
        public BadRecordPolicy start(BadRecordPolicy.Counter counter, KafkaClients clients) {
            return new DropBadRecords(counter, log);
        }
    }

    /**
     * All are passed over once they are in a topic of their own.
     *
     * @param topic its name
     * @param replicationFactor if it has to be made
     * @param context what is added to each, if anything
     * @param log of the records that were passed over
     * @param producer the settings of the client that writes it
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
        public BadRecordPolicy start(BadRecordPolicy.Counter counter, KafkaClients clients) {
            return new DeadLetterQueue(
                    new DeadLetterTopic(topic, replicationFactor, producer, clients::admin),
                    clients::bytesProducer,
                    context,
                    counter,
                    log);
        }
    }
}
