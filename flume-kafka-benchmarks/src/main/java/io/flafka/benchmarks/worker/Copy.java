// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

/** A program that copies from topic to topic. */
interface Copy {

    /** Starts it. It then copies by itself. */
    void start();

    /** Fails if it has failed. */
    void check();

    /** Returns the durations of the calls that it makes itself; empty if it makes none. */
    CallTimes calls();

    /** Stops it. Afterwards no event is in flight, and the progress in the input is committed. */
    void stop();
}
