// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

/** What a failure means for the flow of events, and for the operator. */
public enum FailureKind {
    /** A temporary failure: the same events are retried. */
    RETRY("retrying"),
    /** This record can never succeed unchanged: the flow stops at it, and nothing is lost. */
    BAD_RECORD("the flow stops at this record until the cause is fixed"),
    /** The component cannot work until the operator changes something. It retries, so that it goes on once that is done. */
    FATAL("operator action required; retrying");

    private final String consequence;

    FailureKind(String consequence) {
        this.consequence = consequence;
    }

    /** Returns what happens next, as the last part of a log line. */
    public String consequence() {
        return consequence;
    }
}
