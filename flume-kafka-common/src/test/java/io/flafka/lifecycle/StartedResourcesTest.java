// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A start that fails leaves nothing open; one that succeeds hands everything on. */
class StartedResourcesTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void allAreClosedTheNewestFirst() {
        StartedResources parts = new StartedResources();
        parts.add("a", closed::add);
        parts.add("b", closed::add);

        parts.close();
        parts.close();

        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void whatIsKeptIsClosedByItsNewOwner() {
        StartedResources kept;
        try (StartedResources parts = new StartedResources()) {
            assertThat(parts.add("a", closed::add)).isEqualTo("a");
            parts.add("b", closed::add);
            kept = parts.keep();
        }
        assertThat(closed).isEmpty();

        kept.close();

        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void onePartThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        StartedResources parts = new StartedResources();
        parts.add("a", closed::add);
        parts.add("b", part -> {
            throw new IllegalStateException(part);
        });
        parts.add("c", part -> {
            throw new IllegalStateException(part);
        });

        assertThatThrownBy(parts::close).hasMessage("c").hasSuppressedException(new IllegalStateException("b"));
        assertThat(closed).containsExactly("a");
    }
}
