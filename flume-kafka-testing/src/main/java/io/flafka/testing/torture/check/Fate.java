// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/** Where an acknowledged event of some kind has to end. */
public enum Fate {
    /** In the output. */
    DELIVERED,
    /** In the dead letters, and not in the output. */
    DEAD_LETTER,
    /** Nowhere: the pipeline skips it. */
    DROPPED
}
