// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts each type of value accepts. */
class ValueTypeTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "ten", "2147483648", "1 000"})
    void rejectsAllButPositiveIntegers(String text) {
        assertThat(ValueType.integerFrom(1).parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "1", "on"})
    void rejectsAllButTrueAndFalse(String text) {
        assertThat(ValueType.bool().parse(text)).isEmpty();
    }

    @Test
    void readsMilliseconds() {
        assertThat(ValueType.millisFrom(0).parse("1500")).contains(Duration.ofMillis(1500));
        assertThat(ValueType.millisFrom(0).parse("1s")).isEmpty();
    }

    @Test
    void readsTopicsSeparatedByCommasAndSpaces() {
        assertThat(ValueType.topics().parse("test1, test2 ,,test3")).contains(List.of("test1", "test2", "test3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a b", "a,.", "..", "a/b"})
    void rejectsWhatCannotBeTopics(String text) {
        assertThat(ValueType.topics().parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"logs,true", "logs-%{host},true", "'a,b',false", "'a,%{b}',false", "a b,false"})
    void readsATopicWithEscapes(String text, boolean allowed) {
        assertThat(ValueType.topicTemplate().parse(text).isPresent()).isEqualTo(allowed);
    }

    @Test
    void returnsBrokersInKafkasForm() {
        assertThat(ValueType.brokers().parse("a:9092, b.example:9093 ,[::1]:9094,SSL://c:9095"))
                .contains("a:9092,b.example:9093,[::1]:9094,SSL://c:9095");
    }

    @ParameterizedTest
    @CsvSource({
        "zk:2181, zk:2181",
        "zk, zk",
        "'a:2181, b:2182 ,c/kafka/one', 'a:2181,b:2182,c/kafka/one'",
        "'zk:2181/kafka/', zk:2181/kafka",
        "zk:2181/, zk:2181",
        "'[::1]:2181', '[::1]:2181'"
    })
    void returnsZooKeeperServersInZooKeepersForm(String text, String value) {
        assertThat(ValueType.zookeeper().parse(text)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/kafka", ":2181", "a:b", "a:99999", "a:2181;b:2181", "a/kafka,b/kafka", "a//kafka", "a/k x"
            })
    void rejectsWhatCannotBeZooKeeperServers(String text) {
        assertThat(ValueType.zookeeper().parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":9092", "a:b", "a:99999", "a:9092;b:9092", "a:9092/path", ","})
    void rejectsWhatCannotBeBrokers(String text) {
        assertThat(ValueType.brokers().parse(text)).isEmpty();
    }

    /** Java needs a stack for some expressions that is as deep as the text is long. */
    @Test
    void readsAPathOfManyParts() {
        String servers = "a:1" + "/b".repeat(100_000);

        assertThat(ValueType.zookeeper().parse(servers)).contains(servers);
    }

    @Test
    void acceptsSpacesAndOtherCommasBetweenBrokersWithAWarning() {
        ValueType<String> brokers = ValueType.brokers();

        assertThat(brokers.parse("a:1 \t b:2\uff0cc:3\u3001 d:4\u00a0e:5")).contains("a:1,b:2,c:3,d:4,e:5");
        assertThat(brokers.warning().apply("a:1 b:2")).contains("brokers should be separated by commas: write a:1,b:2");
        assertThat(brokers.warning().apply("a:1 , b:2,,")).isEmpty();
    }

    @Test
    void reportsTheRejectedItemOfAList() {
        assertThat(ValueType.brokers().rejectedPart().apply("a:1,b,c:d")).isEqualTo("b");
        assertThat(ValueType.zookeeper().rejectedPart().apply("a:1,:2/kafka")).isEqualTo(":2");
        assertThat(ValueType.zookeeper().rejectedPart().apply("a:1/k x")).isEqualTo("a:1/k x");
        assertThat(ValueType.topics().rejectedPart().apply("a,b c,d e")).isEqualTo("b c");
        assertThat(ValueType.bool().rejectedPart().apply("yes, no")).isEqualTo("yes, no");
    }

    @Test
    void rejectsAnInvalidRegularExpression() {
        assertThat(ValueType.regex().parse("a(")).isEmpty();
        assertThat(ValueType.regex().parse("a.*").orElseThrow().pattern()).isEqualTo("a.*");
    }

    @ParameterizedTest
    @CsvSource({"earliest,true", "none,true", "by_duration:PT1H,true", "smallest,false", "by_duration:x,false"})
    void acceptsWhatKafkaAccepts(String text, boolean allowed) {
        assertThat(ValueType.kafka(ConsumerConfig.configDef(), "auto.offset.reset")
                        .parse(text)
                        .isPresent())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acks                            | one of all, -1, 0, 1
            linger.ms                       | an integer from 0
            retries                         | an integer from 0 to 2147483647
            compression.gzip.level          | an integer from 1 to 9 or -1
            enable.idempotence              | true or false
            sasl.login.refresh.window.jitter| a number from 0.0 to 0.25
            transactional.id                | a string that is not empty
            client.id                       | a string
            partitioner.class               | the name of a class
            interceptor.classes             | items separated by commas
            """)
    void describesWhatKafkaAccepts(String name, String allowed) {
        assertThat(ValueType.kafka(ProducerConfig.configDef(), name).allowed()).isEqualTo(allowed);
    }

    @Test
    void doesNotLoadAClassThatAValueNames() {
        assertThat(ValueType.kafka(ProducerConfig.configDef(), "partitioner.class")
                        .parse("no.such.Class"))
                .contains("no.such.Class");
    }

    @Test
    void doesNotCheckValuesWithConfigurationProviders() {
        assertThat(ValueType.kafka(ProducerConfig.configDef(), "linger.ms").parse("${env:LINGER}"))
                .contains("${env:LINGER}");
    }
}
