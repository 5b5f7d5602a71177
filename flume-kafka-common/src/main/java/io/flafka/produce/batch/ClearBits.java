// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import java.util.BitSet;
import java.util.List;

/** Lists the bits that are not set. Stateless. */
public final class ClearBits {

    private ClearBits() {}

    /** Returns the indexes below {@code end} whose bits are not set, in their order. */
    public static List<Integer> below(int end, BitSet bits) {
        BitSet clear = new BitSet(end);
        clear.set(0, end);
        clear.andNot(bits);
        return clear.stream().boxed().toList();
    }
}
