// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertyPrefix;
import io.flafka.config.PropertySet;
import io.flafka.config.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of docs/configuration.md contain every declared name, in the place marked for them. */
class PropertyTablesTest {

    private final PropertyTables tables = new PropertyTables(new PropertySet(
            "Kafka tester",
            List.of(
                    Property.of("size", ValueType.integerFrom(1), "How many.")
                            .defaultsTo("10")
                            .formerly("oldSize", "olderSize"),
                    Property.of("start", ValueType.text("a|b"), "Where.").formerValue("c", "a")),
            List.of(new PropertyPrefix.Free("header.", "header.<a> = <b>", "Mapped.")),
            List.of("type", "selector."),
            List.of(new ObsoleteName("capacity", "remove it"))));

    @Test
    void listsEveryDeclaredNameWithItsDefaultAndFormerNames() {
        assertThat(tables.markdown()).isEqualTo("""
                | Property | Default | Allowed | Former names | Meaning |
                |---|---|---|---|---|
                | `size` | `10` | an integer from 1 to 2147483647 | `oldSize`, `olderSize` | How many. |
                | `start` | — | a\\|b; formerly `c` | — | Where. |

                Groups of properties with a common prefix:

                | Property | Meaning |
                |---|---|
                | `header.<a> = <b>` | Mapped. |

                Properties without effect. Each logs one warning:

                | Property | What to do |
                |---|---|
                | `capacity` | remove it |

                Properties that Flume itself reads: `type`, `selector.*`.
                """);
    }

    @Test
    void replacesOnlyItsOwnSection() {
        String page = "before\n<!-- generated: Kafka tester -->\nold\n<!-- end of: Kafka tester -->\nafter\n";

        assertThat(tables.updateIn(page))
                .isEqualTo("before\n<!-- generated: Kafka tester -->\n\n" + tables.markdown()
                        + "\n<!-- end of: Kafka tester -->\nafter\n");
        assertThat(tables.updateIn(tables.updateIn(page))).isEqualTo(tables.updateIn(page));
    }

    @Test
    void rejectsAPageWithoutASectionForTheComponent() {
        assertThatThrownBy(() -> tables.updateIn("nothing"))
                .hasMessage("The page has no lines <!-- generated: Kafka tester -->"
                        + " and <!-- end of: Kafka tester -->");
    }
}
