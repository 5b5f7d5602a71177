// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

/** A component under load, with the parts around it. */
interface Load {

    /** Starts the component and the threads that call it. */
    void start();

    /** Returns the number of events in committed transactions so far. */
    long events();

    /** Returns the durations of the calls that the scenario measures. */
    CallTimes calls();

    /**
     * Stops the threads, then the component. Afterwards no event is in flight.
     *
     * @throws IllegalStateException if the component failed at any time
     */
    void stop();

    /** Fails if a call of the component has failed. */
    void check();
}
