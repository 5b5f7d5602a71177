// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

/** A component at work, with what surrounds it. */
interface Load {

    /** Starts the component and the threads that call it. */
    void start();

    /** Events that went through so far, each with its transaction committed. */
    long events();

    /** How long the calls took that the scenario is about. */
    CallTimes calls();

    /**
     * Ends the threads, then the component; afterwards nothing is under way.
     *
     * @throws IllegalStateException if the component failed at any time
     */
    void stop();

    /** Fails if a call into the component has failed. */
    void check();
}
