// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Charges what happened to the faults that excuse it, each up to its bound. Moments must come in the order of time.
 * Then a fault is found for each of them if that is possible at all, because each one is charged to the excuse that ends
 * first. For one thread.
 */
final class Allowance {
    private final List<ExcuseWindows.Window> windows;
    private final long[] left;

    Allowance(ExcuseWindows windows, ToLongFunction<ExcuseWindows.Window> most) {
        this.windows = windows.all();
        this.left = this.windows.stream().mapToLong(most).toArray();
    }

    /** Charges one thing. Returns whether a fault excuses it. */
    boolean charge(long time) {
        for (int i = 0; i < left.length; i++) {
            if (left[i] > 0 && windows.get(i).holds(time)) {
                left[i]--;
                return true;
            }
        }
        return false;
    }
}
