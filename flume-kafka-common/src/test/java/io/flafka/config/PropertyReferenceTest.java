// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference is made from the declarations and nothing else. */
class PropertyReferenceTest {

    private final PropertyReference reference = new PropertyReference(new PropertySet(
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
    void hasEveryDeclaredNameWithItsDefaultAndFormerNames() {
        assertThat(reference.markdown()).isEqualTo("""
                | Property | Default | Allowed | Former names | Meaning |
                |---|---|---|---|---|
                | `size` | `10` | an integer from 1 to 2147483647 | `oldSize`, `olderSize` | How many. |
                | `start` | — | a\\|b; formerly `c` | — | Where. |

                Passed on:

                | Property | Meaning |
                |---|---|
                | `header.<a> = <b>` | Mapped. |

                Without effect; each is logged once as a warning:

                | Property | What to do |
                |---|---|
                | `capacity` | remove it |

                Read by Flume itself: `type`, `selector.*`.
                """);
    }

    @Test
    void replacesItsOwnSectionOnly() {
        String document = "before\n<!-- generated: Kafka tester -->\nold\n<!-- end of: Kafka tester -->\nafter\n";

        assertThat(reference.updated(document))
                .isEqualTo("before\n<!-- generated: Kafka tester -->\n\n" + reference.markdown()
                        + "\n<!-- end of: Kafka tester -->\nafter\n");
        assertThat(reference.updated(reference.updated(document))).isEqualTo(reference.updated(document));
    }

    @Test
    void refusesADocumentWithoutAPlaceForIt() {
        assertThatThrownBy(() -> reference.updated("nothing"))
                .hasMessage("The document has no lines <!-- generated: Kafka tester -->"
                        + " and <!-- end of: Kafka tester -->");
    }
}
