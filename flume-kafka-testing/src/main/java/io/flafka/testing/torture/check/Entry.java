// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/** What one line of a history says. */
sealed interface Entry {
    /** Returns when it happened, in milliseconds. */
    long time();

    /** An event was handed to the pipeline. */
    record Sent(long time, EventId id, BodyKind body) implements Entry {}

    /** The pipeline acknowledged an event to its sender. */
    record Acked(long time, EventId id) implements Entry {}

    /** A fault began. */
    record FaultBegin(long time, String kind, String target, String detail) implements Entry {}

    /** A fault ended. */
    record FaultEnd(long time, String kind, String target) implements Entry {}

    /** The output has a record. */
    record Output(long time, Place place, long offset, EventId id) implements Entry {}

    /** The dead letters have a record. */
    record DeadLetter(long time, Place place, long offset, EventId id) implements Entry {}

    /** The output had this many records. */
    record Progress(long time, long count) implements Entry {}
}
