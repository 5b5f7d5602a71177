// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/**
 * What the history says about one event. There are millions of these, so times are milliseconds since the history's
 * begin, in an {@code int}. For one thread.
 */
final class EventState {
    private final BodyKind body;
    private final int sentAt;
    private int sent;
    private int acked;
    private int delivered;
    private int deadLetters;
    private int firstAt = Integer.MAX_VALUE;
    private int lastAt = Integer.MIN_VALUE;
    private int judgedDeadLetters;
    private int judgedOthers;
    private boolean firstJudged;

    EventState(BodyKind body, int sentAt) {
        this.body = body;
        this.sentAt = sentAt;
    }

    void handOver() {
        sent++;
    }

    void acknowledge() {
        acked++;
    }

    void deliver(int time) {
        delivered++;
        firstAt = Math.min(firstAt, time);
        lastAt = Math.max(lastAt, time);
    }

    void deadLetter() {
        deadLetters++;
    }

    /** Judges a delivery: whether it is the first one in time. True once. All deliveries must be known. */
    boolean isFirst(int time) {
        boolean first = !firstJudged && time == firstAt;
        firstJudged |= first;
        return first;
    }

    /** Judges a delivery that is not the first: whether there are more of them than further hand-overs. */
    boolean isSurplus() {
        judgedOthers++;
        return judgedOthers > sent - 1;
    }

    /** Judges a dead letter: whether there are more of them than hand-overs. */
    boolean isSurplusDeadLetter() {
        judgedDeadLetters++;
        return judgedDeadLetters > sent;
    }

    /** Returns whether it has a place in the order of its key. */
    boolean hasPlace() {
        return sent == 1 && acked > 0;
    }

    /** Returns whether it was acknowledged more often than it reached the output or the dead letters. */
    boolean isMissing() {
        return delivered + deadLetters < acked;
    }

    int duplicates() {
        return Math.max(0, delivered - sent);
    }

    BodyKind body() {
        return body;
    }

    int sentAt() {
        return sentAt;
    }

    int firstAt() {
        return firstAt;
    }

    int lastAt() {
        return lastAt;
    }

    int sent() {
        return sent;
    }

    int acked() {
        return acked;
    }

    int delivered() {
        return delivered;
    }

    int deadLetters() {
        return deadLetters;
    }
}
