// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** The messages about values that are wrong or probably not intended. */
class ValueMessagesTest {

    private static final Property<Integer> SIZE =
            Property.of("size", ValueType.integerFrom(1), "How many.").formerly("oldSize");
    private static final Property<Boolean> LOUD = Property.of("loud", ValueType.bool(), "How.");
    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            List.of(SIZE, LOUD),
            List.of(
                    new PropertyPrefix.OfKafka(
                            "kafka.consumer.", "Passed on.", List.of(ConsumerConfig.configDef()), Set.of("encoding")),
                    new PropertyPrefix.Free("header.", "header.a = b", "Mapped.")),
            List.of(),
            List.of());

    @Test
    void explainsThatAPropertiesFileHasNoCommentsAfterValues() {
        assertProblems(Map.of("size", "7 # a week", "kafka.consumer.max.poll.records", "5\t#five", "loud", "no#"), """
                Kafka tester t1: 3 problems in its configuration
                 - size = '7 # a week' must be an integer from 1 to 2147483647; it contains ' #': a properties file has no comments after values, the whole line is the value
                 - loud = 'no#' must be true or false
                 - kafka.consumer.max.poll.records = '5\\u0009#five' must be an integer from 1; it contains the character '\\u0009' (U+0009 CHARACTER TABULATION); it contains ' #': a properties file has no comments after values, the whole line is the value""");
    }

    @Test
    void suspectsACommentInAValueThatIsAllowed() {
        PropertyValues values = SET.read(
                "t1",
                Map.of(
                        "kafka.consumer.client.id",
                        "me # it is",
                        "kafka.consumer.sasl.jaas.config",
                        "x # y",
                        "header.a",
                        "b#"));

        assertThat(values.problems().warnings())
                .containsExactly(
                        "kafka.consumer.client.id = 'me # it is' contains ' #': a properties file has no comments after"
                                + " values, the whole line is the value");
    }

    @Test
    void findsAnotherPropertyInsideAValue() {
        PropertyValues values = SET.read(
                "t1",
                Map.of(
                        "kafka.consumer.client.id",
                        "me a1.sources.t1.oldSize = 7",
                        "kafka.consumer.group.id",
                        "g size=7",
                        "kafka.consumer.sasl.jaas.config",
                        "Module required size=7;",
                        "kafka.consumer.url",
                        "http://x?size=7&y.size=8 megasize=1"));

        assertThat(values.problems().warnings())
                .containsExactlyInAnyOrder(
                        "kafka.consumer.client.id = 'me a1.sources.t1.oldSize = 7' contains a1.sources.t1.oldSize: write it on a"
                                + " line of its own; a backslash at the end of a line joins the next line to it",
                        "kafka.consumer.group.id = 'g size=7' contains size: write it on a line of its own; a backslash at the end"
                                + " of a line joins the next line to it",
                        "kafka.consumer.url is not known to Kafka and is passed on unchanged");
    }

    @Test
    void aValueCannotForgeALineOfTheLog() {
        assertProblems(Map.of("size", "7\nERROR all is lost"), """
                Kafka tester t1: 1 problem in its configuration
                 - size = '7\\u000aERROR all is lost' must be an integer from 1 to 2147483647; it contains the character '\\u000a' (U+000A LINE FEED (LF))""");
        assertThat(SET.read("t1", Map.of("no\nERROR", "1")).problems().warnings())
                .containsExactly("no\\u000aERROR is not known and has no effect");
    }

    @Test
    void otherSeparatorsBetweenBrokersAreAcceptedWithAWarning() {
        Property<String> brokers = Property.of("brokers", ValueType.brokers(), "Where.");
        PropertySet set = new PropertySet("Kafka tester", List.of(brokers), List.of(), List.of(), List.of());

        PropertyValues values = set.read("t1", Map.of("brokers", "a:1 b:2\uff0cc:3, d:4"));

        assertThat(values.get(brokers)).isEqualTo("a:1,b:2,c:3,d:4");
        assertThat(values.problems().warnings())
                .containsExactly(
                        "brokers = 'a:1 b:2\uff0cc:3, d:4' is accepted, but brokers should be separated by commas: write a:1,b:2,c:3,d:4");
        assertThat(set.read("t1", Map.of("brokers", "a:1, b:2,")).problems().warnings())
                .isEmpty();
    }

    @Test
    void namesTheRejectedItemOfAList() {
        Property<List<String>> topics = Property.of("topics", ValueType.topics(), "What.");
        PropertySet set = new PropertySet("Kafka tester", List.of(topics), List.of(), List.of(), List.of());
        Problems problems =
                set.read("t1", Map.of("topics", "one,tw\u00f6,thr\u00e9e")).problems();

        assertThatThrownBy(() -> problems.logOrThrow(NOPLogger.NOP_LOGGER)).hasMessage("""
                        Kafka tester t1: 1 problem in its configuration
                         - topics = 'one,tw\u00f6,thr\u00e9e' must be topic names separated by commas (each up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-'); 'tw\u00f6' is not; it contains the character '\u00f6' (U+00F6 LATIN SMALL LETTER O WITH DIAERESIS)""");
    }

    private static void assertProblems(Map<String, String> parameters, String message) {
        Problems problems = SET.read("t1", parameters).problems();
        assertThatThrownBy(() -> problems.logOrThrow(NOPLogger.NOP_LOGGER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
