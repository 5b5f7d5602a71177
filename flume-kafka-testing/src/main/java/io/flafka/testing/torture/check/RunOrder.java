// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/**
 * Follows the events of one key in one place of the output, as {@link KeyOrder#PARTITION} demands. Events without a place
 * in the order are left out by the caller. For one thread.
 */
final class RunOrder {
    private final Allowance stepsBack;
    private int last = Integer.MIN_VALUE;
    private int highest = Integer.MIN_VALUE;

    /** What an event is, after those before it. */
    enum Step {
        IN_ORDER,
        /** Delivered for the first time after an event that was sent later. */
        REORDERED,
        /** A step back that no fault is left for. */
        BACK_TOO_OFTEN
    }

    RunOrder(Allowance stepsBack) {
        this.stepsBack = stepsBack;
    }

    /** Takes an event's first delivery. */
    Step first(int number) {
        last = number;
        if (number < highest) {
            return Step.REORDERED;
        }
        highest = number;
        return Step.IN_ORDER;
    }

    /** Takes a duplicate. */
    Step again(int number, long time) {
        boolean back = number <= last;
        last = number;
        return back && !stepsBack.charge(time) ? Step.BACK_TOO_OFTEN : Step.IN_ORDER;
    }

    /** Returns the latest number that was delivered for the first time. */
    int highest() {
        return highest;
    }
}
