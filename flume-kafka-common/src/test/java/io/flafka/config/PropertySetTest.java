// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Reading the parameters of a component: what is accepted, what leads to a warning, what is rejected, and the messages. */
class PropertySetTest {

    private static final Property<Integer> SIZE = Property.of("size", ValueType.integerFrom(1), "How many.")
            .defaultsTo("10")
            .formerly("oldSize", "olderSize");
    private static final Property<String> START = Property.of(
                    "kafka.consumer.auto.offset.reset",
                    ValueType.kafka(ConsumerConfig.configDef(), "auto.offset.reset"),
                    "Where to begin.")
            .formerly("fromStart", Map.of("true", "earliest", "false", "latest"))
            .formerValue("smallest", "earliest");
    private static final Property<Boolean> LOUD = Property.of("loud", ValueType.bool(), "How.");
    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            List.of(SIZE, START, LOUD),
            List.of(
                    new PropertyPrefix.OfKafka(
                            "kafka.consumer.", "Passed on.", List.of(ConsumerConfig.configDef()), Set.of("encoding")),
                    new PropertyPrefix.Free("header.", "header.a = b", "Mapped.")),
            List.of("type", "selector."),
            List.of(new ObsoleteName("capacity", "remove it")));

    @Test
    void readsTheGivenValuesAndUsesDefaultsForTheRest() {
        PropertyValues values = SET.read("t1", Map.of("loud", " TRUE "));

        assertThat(values.get(SIZE)).isEqualTo(10);
        assertThat(values.find(SIZE)).isEmpty();
        assertThat(values.get(LOUD)).isTrue();
        assertThat(values.find(START)).isEmpty();
        assertThat(values.problems().warnings()).isEmpty();
    }

    @Test
    void treatsABlankValueAsMissing() {
        assertThat(SET.read("t1", Map.of("size", "  ")).get(SIZE)).isEqualTo(10);
    }

    @Test
    void acceptsTheNamesThatFlumeReads() {
        assertThat(SET.read("t1", Map.of("type", "x", "selector.type", "multiplexing"))
                        .problems()
                        .warnings())
                .isEmpty();
    }

    @Test
    void keepsTheOrderOfNamesBelowAPrefix() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("header.z", "1");
        parameters.put("header.a", "2");

        assertThat(SET.read("t1", parameters).below("header."))
                .containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
    }

    @Test
    void aFormerNameWorksWithOneWarning() {
        PropertyValues values = SET.read("t1", Map.of("oldSize", "7"));

        assertThat(values.get(SIZE)).isEqualTo(7);
        assertThat(values.problems().warnings()).containsExactly("oldSize is a former name: write size");
    }

    @Test
    void aFormerNameWithTheSameValueLeadsToAWarningOnly() {
        PropertyValues values = SET.read("t1", Map.of("size", "7", "oldSize", " +7 "));

        assertThat(values.get(SIZE)).isEqualTo(7);
        assertThat(values.problems().warnings()).containsExactly("oldSize is a former name: write size");
    }

    @Test
    void currentAndFormerNameThatDisagreeAreAnError() {
        assertProblems(Map.of("size", "7", "oldSize", "8"), """
                Kafka tester t1: 1 problem in its configuration
                 - size = '7' and oldSize = '8' disagree: keep one of them, as size""");
    }

    @Test
    void twoFormerNamesThatDisagreeAreAnError() {
        assertProblems(Map.of("olderSize", "7", "oldSize", "8"), """
                Kafka tester t1: 1 problem in its configuration
                 - oldSize = '8' and olderSize = '7' disagree: keep one of them, as size""");
    }

    @Test
    void aFormerNameWithOtherValuesIsTranslated() {
        PropertyValues values = SET.read("t1", Map.of("fromStart", "True"));

        assertThat(values.get(START)).isEqualTo("earliest");
        assertThat(values.below("kafka.consumer.")).containsExactly(Map.entry("auto.offset.reset", "earliest"));
        assertThat(values.problems().warnings())
                .containsExactly("fromStart is a former name: write kafka.consumer.auto.offset.reset = earliest");
    }

    @Test
    void aFormerNameWithOtherValuesYieldsToTheCurrentName() {
        PropertyValues values = SET.read("t1", Map.of("fromStart", "true", START.name(), "none"));

        assertThat(values.get(START)).isEqualTo("none");
        assertThat(values.problems().warnings())
                .containsExactly("fromStart has no effect because kafka.consumer.auto.offset.reset is set: remove it");
    }

    @Test
    void aFormerNameWithAValueItNeverHadIsAnError() {
        assertProblems(Map.of("fromStart", "yes"), """
                Kafka tester t1: 1 problem in its configuration
                 - fromStart = 'yes' must be false or true; use kafka.consumer.auto.offset.reset instead""");
    }

    @Test
    void aFormerValueWorksWithAWarning() {
        PropertyValues values = SET.read("t1", Map.of(START.name(), "smallest"));

        assertThat(values.get(START)).isEqualTo("earliest");
        assertThat(values.below("kafka.consumer.")).containsExactly(Map.entry("auto.offset.reset", "earliest"));
        assertThat(values.problems().warnings())
                .containsExactly("kafka.consumer.auto.offset.reset = 'smallest' is a former value:"
                        + " write kafka.consumer.auto.offset.reset = earliest");
    }

    @Test
    void obsoleteAndUnknownNamesLeadToWarnings() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("capacity", "100");
        parameters.put("szie", "5");
        parameters.put("somethingElse", "5");
        parameters.put("kafka.fetch.min.bytes", "5");
        PropertyValues values = SET.read("t1", parameters);

        values.problems().logOrThrow(NOPLogger.NOP_LOGGER);

        assertThat(values.problems().warnings())
                .containsExactly(
                        "capacity has no effect: remove it",
                        "szie is not known and has no effect; did you mean size?",
                        "somethingElse is not known and has no effect",
                        "kafka.fetch.min.bytes is not known and has no effect;"
                                + " did you mean kafka.consumer.fetch.min.bytes?");
    }

    @Test
    void namesUnknownToKafkaArePassedOnWithAWarning() {
        PropertyValues values = SET.read("t1", Map.of("kafka.consumer.fetch.min.byte", "5"));

        assertThat(values.below("kafka.consumer.")).containsExactly(Map.entry("fetch.min.byte", "5"));
        assertThat(values.problems().warnings())
                .containsExactly("kafka.consumer.fetch.min.byte is not known to Kafka and is passed on unchanged;"
                        + " did you mean kafka.consumer.fetch.min.bytes?");
    }

    @Test
    void namesThatKafkaReadsWithoutDeclaringThemAreKnown() {
        assertThat(SET.read("t1", Map.of("kafka.consumer.encoding", "x"))
                        .problems()
                        .warnings())
                .isEmpty();
    }

    @Test
    void reportsAllErrorsAtOnceWithTheUnknownNames() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("size", "0");
        parameters.put("loud", "yes");
        parameters.put("kafka.consumer.max.poll.records", "many");
        parameters.put("kafka.consumer.isolation.level", "some");
        parameters.put("lud", "true");

        assertProblems(parameters, """
                Kafka tester t1: 4 problems in its configuration
                 - size = '0' must be an integer from 1 to 2147483647
                 - loud = 'yes' must be true or false
                 - kafka.consumer.max.poll.records = 'many' must be an integer from 1
                 - kafka.consumer.isolation.level = 'some' must be one of read_committed, read_uncommitted
                Possible cause, otherwise harmless:
                 - lud is not known and has no effect; did you mean loud?""");
    }

    @Test
    void noMessageContainsASecret() {
        PropertyValues values = SET.read(
                "t1", Map.of("kafka.consumer.ssl.key.password", "hunter2", "kafka.consumer.my.api.key", "hunter2"));
        values.problems().invalid("kafka.consumer.ssl.key.password", "hunter2", "longer");

        assertThat(values.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> values.problems().logOrThrow(NOPLogger.NOP_LOGGER))
                .hasMessage("""
                        Kafka tester t1: 1 problem in its configuration
                         - kafka.consumer.ssl.key.password = (hidden) must be longer
                        Possible cause, otherwise harmless:
                         - kafka.consumer.my.api.key is not known to Kafka and is passed on unchanged""");
    }

    @Test
    void aNameCannotBeDeclaredTwice() {
        List<Property<?>> twice = List.of(SIZE, Property.of("oldSize", ValueType.bool(), "Again."));

        assertThatThrownBy(() -> new PropertySet("x", twice, List.of(), List.of(), List.of()))
                .hasMessage("oldSize is declared twice");
    }

    @Test
    void theDefaultOfStockMustBeAnAllowedValue() {
        assertThatThrownBy(() -> SIZE.inStock("none", "whatever"))
                .hasMessage("size: the default of stock is not an allowed value");
    }

    private static void assertProblems(Map<String, String> parameters, String message) {
        Problems problems = SET.read("t1", parameters).problems();
        assertThatThrownBy(() -> problems.logOrThrow(NOPLogger.NOP_LOGGER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
