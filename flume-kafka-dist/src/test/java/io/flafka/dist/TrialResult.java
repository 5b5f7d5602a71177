// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import java.util.List;
import java.util.Set;

/**
 * What became of a trial.
 *
 * @param trial what was tried
 * @param works the flows that delivered every line, once and in order
 * @param description for who has to find out why the others did not
 */
record TrialResult(Trial trial, Set<Flow> works, String description) {

    /** Copies the set. */
    TrialResult {
        works = Set.copyOf(works);
    }

    /** Whether every flow works. */
    boolean isWhole() {
        return works.containsAll(List.of(Flow.values()));
    }
}
