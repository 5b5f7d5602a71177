// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.concurrent.Executor;

/** Where a lane's batches run, one after the other. */
sealed interface LaneThread extends Executor, AutoCloseable permits CallingThread, OwnThread {

    /** Lets what runs there come to its end soon: whatever it waits for is given a few seconds more. */
    void interrupt();

    /** Ends within a bound. */
    @Override
    void close();
}
