// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import java.time.Duration;
import java.util.Set;

/**
 * One fault: what it does, to whom, for how long.
 *
 * @param kind the kind, for the history and the report
 * @param target what it concerns
 * @param hold how long it lasts
 * @param claims what no other fault may concern meanwhile
 * @param begin begins it
 * @param end ends it; may take a while
 */
record Fault(String kind, String target, Duration hold, Set<String> claims, Runnable begin, Runnable end) {
    /** Nobody but one broker at a time is down: two of three replicas must be in sync. */
    static final String BROKERS = "brokers";

    Fault {
        claims = Set.copyOf(claims);
    }

    /** A fault that has done everything when it begins. */
    static Fault instant(String kind, String target, Set<String> claims, Runnable begin) {
        return new Fault(kind, target, Duration.ZERO, claims, begin, () -> {});
    }
}
