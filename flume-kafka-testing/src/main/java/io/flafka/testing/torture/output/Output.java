// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

import java.util.List;

/** Where a pipeline delivers to. For one thread. */
public interface Output extends AutoCloseable {

    /** Returns what was delivered since the last call, in the order of each partition or file. */
    List<Delivered> next();

    /** Returns everything that is delivered now, in the order of each partition or file. */
    List<Delivered> all();

    /** Returns whether a place is that of the dead letters. */
    boolean isDeadLetters(String place);

    @Override
    void close();
}
