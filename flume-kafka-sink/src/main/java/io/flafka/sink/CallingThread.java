// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

/** The thread on which Flume drives the sink: enough for one batch in flight, and it costs no change of threads. */
final class CallingThread implements LaneThread {

    @Override
    public void execute(Runnable batch) {
        batch.run();
    }

    /** It is the one that would call this, and it is not in a batch then. */
    @Override
    public void interrupt() {}

    @Override
    public void close() {}
}
