// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import java.util.List;
import java.util.Set;

/**
 * The result of a trial.
 *
 * @param trial the trial
 * @param works the flows that delivered every line, once and in order
 * @param description the details that help to find out why other flows failed
 */
record TrialResult(Trial trial, Set<Flow> works, String description) {

    TrialResult {
        works = Set.copyOf(works);
    }

    /** Returns whether every flow works. */
    boolean isComplete() {
        return works.containsAll(List.of(Flow.values()));
    }
}
