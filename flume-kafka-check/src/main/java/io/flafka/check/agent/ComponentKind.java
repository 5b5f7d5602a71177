// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of components that an agent file has a section for. */
public enum ComponentKind {
    SOURCE("source"),
    CHANNEL("channel"),
    SINK("sink");

    private final String word;

    ComponentKind(String word) {
        this.word = word;
    }

    /** Returns the name of the section: {@code sources}, {@code channels} or {@code sinks}. */
    public String section() {
        return word + "s";
    }

    /** Returns the kind whose section has this name. */
    static Optional<ComponentKind> ofSection(String section) {
        return Arrays.stream(values())
                .filter(kind -> kind.section().equals(section))
                .findFirst();
    }

    /** Returns the word for one component of this kind. */
    @Override
    public String toString() {
        return word;
    }
}
