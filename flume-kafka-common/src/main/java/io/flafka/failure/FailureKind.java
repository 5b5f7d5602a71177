// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

/** What a failure means for the flow, and so for the operator. */
public enum FailureKind {
    /** It passes by itself: the same events are tried again. */
    RETRY("it is tried again"),
    /** This record can never succeed as it is: the flow stops at it, and loses nothing. */
    BAD_RECORD("the flow stops at this record until its cause is mended"),
    /** The component cannot work until a person changes something: it is tried again, in case that has happened. */
    FATAL("someone must act; it is tried again until then");

    private final String consequence;

    FailureKind(String consequence) {
        this.consequence = consequence;
    }

    /** What happens next, as the end of a log line. */
    public String consequence() {
        return consequence;
    }
}
