// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A state of a model: what the brokers, the agents and the downstream system have and know at one moment. Not changed after it was created. */
interface ModelState<S extends ModelState<S>> {

    /**
     * One thing that can happen next. Name and state are made only where they are needed: most steps lead to states that are known.
     *
     * @param name what happens, for the trace
     * @param isWork whether it also happens without any further fault. The first such step of a state is the one that a calm run makes
     * @param next the state after it
     */
    record Step<S>(Supplier<String> name, boolean isWork, Supplier<S> next) {}

    /** Returns everything that can happen next, always in the same order. */
    List<Step<S>> steps();

    /** Returns the promise that is broken in this state. */
    Optional<String> brokenPromise();

    /** Returns true if all work is done: each record is delivered, and its offset is committed. */
    boolean isSettled();

    /** Returns a text that is equal for equal states, also for states that differ only in the names of equal parts. */
    String key();
}
