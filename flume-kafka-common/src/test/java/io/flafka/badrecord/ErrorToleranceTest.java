// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.KafkaClients;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import io.flafka.event.UnreadableRecordException;
import io.flafka.metrics.MetricGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** The choices for bad records in an agent file, invalid choices, and the policies without a topic. */
class ErrorToleranceTest {

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_CONSUMER)),
            List.of(
                    ClientProperties.CONSUMER,
                    ClientProperties.PRODUCER,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of(),
            List.of());
    private static final BadRecord BAD =
            BadRecord.unwritable(Map.of("h", "v"), new byte[1], new UnreadableRecordException("no event"));

    private final Map<String, String> parameters = new LinkedHashMap<>(Map.of("kafka.bootstrap.servers", "a:1"));
    private final MetricGroup metrics = new MetricGroup();
    private final BadRecordMetrics counts = new BadRecordMetrics(metrics);

    @Test
    void byDefaultTheFlowStops() {
        BadRecordPolicy policy = tolerance(values()).start(counts, KafkaClients.REAL);

        assertThatThrownBy(() -> policy.dispose(BAD))
                .isInstanceOf(FlowStoppedException.class)
                .hasMessage("an event: no event; fix the cause, or skip the record with errors.tolerance=all and"
                        + " errors.deadletterqueue.topic.name")
                .hasCause(BAD.reason());
        assertThat(metrics.number("BadRecordCount")).isZero();
    }

    /** To skip the record would lose it, though nothing is wrong with it. */
    @Test
    void aRecordThatMayNotBeWrittenIsNotToBeSkipped() {
        BadRecordPolicy policy = tolerance(values()).start(counts, KafkaClients.REAL);

        assertThatThrownBy(() -> policy.dispose(RefusedTopicReportTest.denied("t")))
                .isInstanceOf(FlowStoppedException.class)
                .hasMessageEndingWith(
                        ": not authorized; nothing is wrong with the record: it is written as soon as that right is granted");
    }

    @Test
    void withoutATopicBadRecordsAreDroppedAndCountedWithAWarning() {
        parameters.put("errors.tolerance", "all");
        PropertyValues values = values();
        BadRecordPolicy policy = tolerance(values).start(counts, KafkaClients.REAL);

        assertThatCode(() -> policy.dispose(BAD)).doesNotThrowAnyException();

        assertThat(metrics.number("BadRecordCount")).isEqualTo(1);
        assertThat(values.problems().warnings())
                .containsExactly(
                        "errors.tolerance=all without errors.deadletterqueue.topic.name drops every bad record");
    }

    @Test
    void aDeadLetterTopicHasDefaults() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "dead");

        assertThat(tolerance(values())).isInstanceOfSatisfying(ErrorTolerance.AllToTopic.class, all -> {
            assertThat(all.topic()).isEqualTo("dead");
            assertThat(all.replicationFactor()).isEqualTo((short) 3);
            assertThat(all.context()).isEqualTo(Optional.of(new DeadLetterHeaders("Tester t1")));
            assertThat(all.log()).isEqualTo(new BadRecordLog("Tester t1", BadRecordLog.Detail.NOTHING));
        });
    }

    @Test
    void everyPropertyCanBeSet() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "dead");
        parameters.put("errors.deadletterqueue.topic.replication.factor", "-1");
        parameters.put("errors.deadletterqueue.context.headers.enable", "false");
        parameters.put("errors.log.enable", "true");
        parameters.put("errors.log.include.messages", "true");

        assertThat(tolerance(values())).isInstanceOfSatisfying(ErrorTolerance.AllToTopic.class, all -> {
            assertThat(all.replicationFactor()).isEqualTo((short) -1);
            assertThat(all.context()).isEmpty();
            assertThat(all.log().detail()).isEqualTo(BadRecordLog.Detail.CONTENT);
        });
    }

    @Test
    void aTopicHasNoEffectWithoutTolerance() {
        parameters.put("errors.deadletterqueue.topic.name", "dead");
        PropertyValues values = values();

        assertThat(tolerance(values)).isEqualTo(new ErrorTolerance.None());
        assertThat(values.problems().warnings())
                .containsExactly("errors.deadletterqueue.topic.name has no effect without errors.tolerance=all");
    }

    @Test
    void rejectsInvalidValuesAndATopicOfTheComponentItself() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "own");
        parameters.put("errors.deadletterqueue.topic.replication.factor", "0");
        parameters.put("errors.log.enable", "yes");
        PropertyValues values = values();
        tolerance(values);

        assertThatThrownBy(() -> values.problems().logOrThrow(NOPLogger.NOP_LOGGER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Kafka tester t1: 3 problems in its configuration
                         - errors.deadletterqueue.topic.replication.factor = '0' must be a number of replicas from 1 to 32767, or -1 for the brokers' default
                         - errors.log.enable = 'yes' must be true or false
                         - errors.deadletterqueue.topic.name = 'own' must be a topic that this component does not use otherwise""");
    }

    private ErrorTolerance tolerance(PropertyValues values) {
        return ErrorTolerance.from(values, ClientSettingsBuilder.of(values), "Tester", "t1", "own"::equals);
    }

    private PropertyValues values() {
        return SET.read("t1", parameters);
    }
}
