// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/** What a {@link SimulatedPipeline} does wrong, once. */
enum SeededBug {
    NONE,
    /** Commits one offset more than it has delivered, and is killed. */
    COMMITS_ONE_TOO_FAR,
    /** Takes an event and does not deliver it. */
    SKIPS_A_RECORD,
    /** Delivers a batch again and again although nothing failed. */
    REPEATS_WITHOUT_END,
    /** The same, and nothing but the bound per fault can tell, because it was killed shortly before. */
    REPEATS_AFTER_A_KILL,
    /** Delivers two events of a key in the wrong order. */
    SWAPS_TWO_EVENTS,
    /** Delivers one event twice although nothing failed. */
    REPEATS_AN_EVENT,
    /** Skips a bad event without a dead letter. */
    FORGETS_A_DEAD_LETTER,
    /** Writes a dead letter twice although nothing failed. */
    REPEATS_A_DEAD_LETTER,
    /** Does nothing for a while. */
    STANDS_STILL
}
