// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator of an old agent file has to know is made from the declarations and nothing else. */
class MigrationReferenceTest {

    private final MigrationReference reference = new MigrationReference(new PropertySet(
            "Kafka tester",
            List.of(
                    Property.of("size", ValueType.integerFrom(1), "How many.")
                            .defaultsTo("10")
                            .inStock("5", "more is faster")
                            .formerly("oldSize", "olderSize"),
                    Property.of("start", ValueType.text("a|b"), "Where.")
                            .formerly("atFirst", Map.of("true", "a", "false", "b"))
                            .formerValue("c", "a")),
            List.of(),
            List.of("type"),
            List.of(new ObsoleteName("capacity", "remove it"))));

    @Test
    void hasEveryDefaultThatDiffersAndTheLineThatRestoresStocks() {
        assertThat(reference.defaults()).isEqualTo("""
                | Property | Stock | Here | Why | As before |
                |---|---|---|---|---|
                | `size` | `5` | `10` | more is faster | `<component>.size = 5` |
                """);
    }

    @Test
    void hasEveryNameAndValueOfEarlierDays() {
        assertThat(reference.names()).isEqualTo("""
                | In the file | Today |
                |---|---|
                | `oldSize` | `size` |
                | `olderSize` | `size` |
                | `atFirst` | `false` is `start = b`, `true` is `start = a` |
                | `start = c` | `start = a` |
                | `capacity` | no effect: remove it |
                """);
    }

    @Test
    void replacesItsOwnSectionsOnly() {
        String document = """
                before
                <!-- generated: Kafka tester, defaults -->
                <!-- end of: Kafka tester, defaults -->
                between
                <!-- generated: Kafka tester, names -->
                <!-- end of: Kafka tester, names -->
                after
                """;

        String updated = reference.updated(document);

        assertThat(updated)
                .startsWith("before\n")
                .contains("\nbetween\n", reference.defaults(), reference.names())
                .endsWith("\nafter\n");
        assertThat(reference.updated(updated)).isEqualTo(updated);
    }

    @Test
    void whatStockDoesMustBeWritable() {
        Property<Integer> size = Property.of("size", ValueType.integerFrom(1), "How many.");

        assertThatThrownBy(() -> size.inStock("none", "whatever")).hasMessage("size: what stock does is not allowed");
    }
}
