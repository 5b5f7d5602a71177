// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A failed start leaves nothing open; a successful one hands everything over. */
class StartedResourcesTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void closesAllNewestFirst() {
        StartedResources parts = new StartedResources();
        parts.add("a", closed::add);
        parts.add("b", closed::add);

        parts.close();
        parts.close();

        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void handedOverResourcesAreClosedByTheirNewOwner() {
        StartedResources owner;
        try (StartedResources parts = new StartedResources()) {
            assertThat(parts.add("a", closed::add)).isEqualTo("a");
            parts.add("b", closed::add);
            owner = parts.handOver();
        }
        assertThat(closed).isEmpty();

        owner.close();

        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void closesTheOthersIfOneFailsToClose() {
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
