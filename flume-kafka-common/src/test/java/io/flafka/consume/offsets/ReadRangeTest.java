// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kafka.startFrom}: what it accepts, and where the partitions of a new group are read from. */
class ReadRangeTest {

    private static final TopicPartition FIRST = ReadingComponent.FIRST;
    private static final TopicPartition SECOND = ReadingComponent.SECOND;
    private static final PropertySet SET = new PropertySet(
            "Kafka tester", List.of(ReadRange.START_FROM, ReadRange.STOP_AT), List.of(), List.of(), List.of());

    private final ReadingComponent component = new ReadingComponent();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        component.close();
    }

    private static PropertyValues values(String text) {
        return SET.read("t1", Map.of("kafka.startFrom", text));
    }

    private static ReadRange start(String text) {
        PropertyValues values = values(text);
        ReadRange start = ReadRange.from(values);
        assertThat(values.problems().errors()).isEmpty();
        return start;
    }

    private String file(String... lines) throws IOException {
        return "file:" + Files.write(directory.resolve("offsets.csv"), List.of(lines));
    }

    private long committed(TopicPartition partition) {
        return Stream.ofNullable(component.consumer.committed(Set.of(partition)).get(partition))
                .mapToLong(OffsetAndMetadata::offset)
                .findFirst()
                .orElse(-1);
    }

    @Test
    void withoutItTheResetApplies() {
        assertThat(ReadRange.from(SET.read("t1", Map.of()))).isEqualTo(ReadRange.WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "by_duration:P1D",
                "LATEST",
                "timestamp:",
                "timestamp:yesterday",
                "timestamp:2026-11-30T12:00:00",
                "timestamp:99999999999999999999",
                "timestamp:1969-12-31T23:59:59Z",
                "file:",
                "2026-11-30T12:00:00Z"
            })
    void otherValuesAreErrors(String text) {
        assertThat(values(text).problems().errors())
                .singleElement(STRING)
                .startsWith("kafka.startFrom = '" + text
                        + "' must be earliest, latest, timestamp: with milliseconds or a date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp:1764504000000",
                "timestamp:2025-11-30T12:00:00Z",
                "timestamp:2025-11-30T13:00:00+01:00",
                "timestamp:2025-11-30T12:00Z"
            })
    void aTimestampIsTheFirstRecordThatIsNotOlder(String text) {
        component.consumer.hasAtTime(FIRST, 30);

        component.beginning("earliest", start(text));

        assertThat(component.consumer.lookupTimes).containsEntry(FIRST, 1_764_504_000_000L);
        assertThat(component.consumer.position(FIRST)).isEqualTo(30);
        assertThat(component.consumer.position(SECOND)).isEqualTo(100);
        assertThat(component.log.lines())
                .containsExactly(
                        "INFO KafkaSource r1: group g has no committed offset yet; starts reading u-0 at offset 100 (skips up to 100"
                                + " records before it), t-0 at offset 30 (skips up to 30 records before it) (kafka.startFrom ="
                                + " timestamp:2025-11-30T12:00:00Z)");
    }

    @Test
    void theFirstOffsetsAreCommittedSoThatItAppliesOnce() {
        component.beginning("earliest", start("latest"));
        assertThat(committed(FIRST)).isEqualTo(100);
        component.consumer.has(FIRST, 0, 130);

        component.consumer.rebalance(List.of());
        component.consumer.rebalance(List.of(FIRST));

        assertThat(component.consumer.position(FIRST)).isEqualTo(100);
    }

    @Test
    void earliestIsCommittedTooBecauseTheResetMayBeAnother() {
        component.beginning("latest", start("earliest"));

        assertThat(component.consumer.position(FIRST)).isZero();
        assertThat(committed(FIRST)).isZero();
    }

    @Test
    void aGroupThatHasBegunContinuesAndIsToldOnce() {
        component.consumer.hasCommitted(FIRST, new OffsetAndMetadata(50));
        component.consumer.hasCommitted(SECOND, new OffsetAndMetadata(50));

        component.beginning("earliest", start("latest"));
        component.consumer.rebalance(List.of());
        component.consumer.rebalance(List.of(FIRST));

        assertThat(component.consumer.position(FIRST)).isEqualTo(50);
        assertThat(component.log.lines())
                .containsExactly(
                        "INFO KafkaSource r1: kafka.startFrom = latest has no effect in t-0, u-0: group g continues there at"
                                + " its committed offsets. To begin again, write a kafka.consumer.group.id that is new, or stop all members of the group"
                                + " and reset its offsets with kafka-consumer-groups.sh");
    }

    @Test
    void aFileNamesOffsetsAndTheResetAppliesToOtherPartitions() throws IOException {
        component.beginning("latest", start(file("t,0,30", "", "other:7: 12")));

        assertThat(component.consumer.position(FIRST)).isEqualTo(30);
        assertThat(component.consumer.position(SECOND)).isEqualTo(100);
        assertThat(component.log.lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "INFO KafkaSource r1: group g has no committed offset yet; starts reading t-0 at offset 30")
                        .contains("(kafka.startFrom = file:"))
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "WARN KafkaSource r1: group g has no committed offset; starts reading u-0 at offset 100"));
    }

    @Test
    void offsetsOutsideThePartitionBecomeItsNearest() throws IOException {
        component.consumer.has(FIRST, 40, 100);

        component.beginning("latest", start(file("t,0,30", "u,0,130")));

        assertThat(component.consumer.position(FIRST)).isEqualTo(40);
        assertThat(component.consumer.position(SECOND)).isEqualTo(100);
    }

    @Test
    void withNoneOnlyPartitionsThatTheFileLacksAreRejected() throws IOException {
        ReadPositions positions = component.beginning("none", start(file("t,0,30")));

        assertThat(component.consumer.position(FIRST)).isEqualTo(30);
        assertThatThrownBy(() -> component.poll(positions))
                .isInstanceOf(NoStartingOffsetException.class)
                .hasMessageContaining("u-0 has no committed offset")
                .hasMessageNotContaining("t-0");
    }

    @Test
    void theStopIsInThePastAndAfterTheStart() {
        PropertyValues future = SET.read("t1", Map.of("kafka.stopAt", "timestamp:2999-01-01T00:00:00Z"));
        PropertyValues reversed = SET.read(
                "t1",
                Map.of(
                        "kafka.startFrom",
                        "timestamp:2026-01-02T00:00:00Z",
                        "kafka.stopAt",
                        "timestamp:2026-01-02T00:00:00Z"));

        ReadRange.from(future);
        ReadRange.from(reversed);

        assertThat(future.problems().errors())
                .containsExactly("kafka.stopAt = timestamp:2999-01-01T00:00:00Z must be in the past");
        assertThat(reversed.problems().errors())
                .containsExactly("kafka.stopAt = timestamp:2026-01-02T00:00:00Z must be after kafka.startFrom ="
                        + " timestamp:2026-01-02T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "timestamp:now", "file:"})
    void theStopIsAMomentOrAFile(String text) {
        assertThat(SET.read("t1", Map.of("kafka.stopAt", text)).problems().errors())
                .singleElement(STRING)
                .startsWith("kafka.stopAt = '" + text + "' must be timestamp: with milliseconds or a date");
    }

    @Test
    void theStartIsInThePast() {
        PropertyValues future = values("timestamp:2999-01-01T00:00:00Z");

        ReadRange.from(future);

        assertThat(future.problems().errors())
                .containsExactly("kafka.startFrom = timestamp:2999-01-01T00:00:00Z must be in the past");
    }

    @Test
    void aFileThatStopsWhereItStartsIsAnError() throws IOException {
        String same = file("t,0,30", "u,0,30");
        PropertyValues values = SET.read("t1", Map.of("kafka.startFrom", same, "kafka.stopAt", same));

        ReadRange.from(values);

        assertThat(values.problems().errors())
                .singleElement(STRING)
                .startsWith("kafka.stopAt = file:")
                .contains(" must be after kafka.startFrom = file:");
    }

    /** The advice of the warning, another auto.offset.reset, would have no effect. */
    @Test
    void latestIsNoWarningIfItIsWanted() {
        component.beginning("latest", start("latest"));

        assertThat(component.log.lines())
                .singleElement(STRING)
                .startsWith("INFO KafkaSource r1: group g has no committed offset yet; starts reading ")
                .endsWith(" (kafka.startFrom = latest)");
    }

    @Test
    void theEndIsNoStartOfAReplay() {
        PropertyValues values = SET.read("t1", Map.of("kafka.startFrom", "latest", "kafka.stopAt", "timestamp:1"));

        ReadRange.from(values);

        assertThat(values.problems().errors())
                .containsExactly(
                        "kafka.stopAt = timestamp:1970-01-01T00:00:00.001Z must be after kafka.startFrom = latest");
    }

    /** After the first rebalance of a new group, its offsets are those that it began at. */
    @Test
    void thatItHasNoEffectIsNotSaidWhereItHadOne() {
        component.beginning("earliest", start("latest"));

        component.consumer.rebalance(List.of());
        component.consumer.rebalance(List.of(FIRST, SECOND));

        assertThat(component.log.lines()).singleElement(STRING).contains("starts reading");
    }
}
