// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertySet;
import io.flafka.config.ValueType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables of docs/migrating.md contain every changed default and every former name, in the place marked for them. */
class MigrationTablesTest {

    private final MigrationTables tables = new MigrationTables(new PropertySet(
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
    void listsEveryChangedDefaultWithTheLineThatRestoresTheOldOne() {
        assertThat(tables.defaults()).isEqualTo("""
                | Property | Stock | Here | Why | How to restore |
                |---|---|---|---|---|
                | `size` | `5` | `10` | more is faster | `<component>.size = 5` |
                """);
    }

    @Test
    void listsEveryFormerNameAndValue() {
        assertThat(tables.names()).isEqualTo("""
                | In the agent file | Now |
                |---|---|
                | `oldSize` | `size` |
                | `olderSize` | `size` |
                | `atFirst` | `false` is `start = b`, `true` is `start = a` |
                | `start = c` | `start = a` |
                | `capacity` | no effect: remove it |
                """);
    }

    @Test
    void replacesOnlyItsOwnSections() {
        String page = """
                before
                <!-- generated: Kafka tester, defaults -->
                <!-- end of: Kafka tester, defaults -->
                between
                <!-- generated: Kafka tester, names -->
                <!-- end of: Kafka tester, names -->
                after
                """;

        String updated = tables.updateIn(page);

        assertThat(updated)
                .startsWith("before\n")
                .contains("\nbetween\n", tables.defaults(), tables.names())
                .endsWith("\nafter\n");
        assertThat(tables.updateIn(updated)).isEqualTo(updated);
    }
}
