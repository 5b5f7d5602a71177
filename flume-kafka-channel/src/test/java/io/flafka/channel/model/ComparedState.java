// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A state of real code: the operations that lead to it, which are done again for each step from it. Two states are equal if the description's are, so
 * every operation is tried in every state of the description, but not with every history of the real code.
 */
final class ComparedState<O> implements ModelState<ComparedState<O>> {

    private final Supplier<ComparedRun<O>> runs;
    private final int maxOperations;
    private final List<O> operations;
    private final ComparedRun<O> run;
    private Optional<String> difference = Optional.empty();

    ComparedState(Supplier<ComparedRun<O>> runs, int maxOperations) {
        this(runs, maxOperations, List.of());
    }

    private ComparedState(Supplier<ComparedRun<O>> runs, int maxOperations, List<O> operations) {
        this.runs = runs;
        this.maxOperations = maxOperations;
        this.operations = operations;
        this.run = runs.get();
        for (O operation : operations) {
            difference = run.apply(operation);
        }
    }

    @Override
    public List<Step<ComparedState<O>>> steps() {
        List<Step<ComparedState<O>>> steps = new ArrayList<>();
        if (operations.size() < maxOperations) {
            for (O operation : run.possible()) {
                steps.add(new Step<>(operation::toString, true, () -> after(operation)));
            }
        }
        return steps;
    }

    private ComparedState<O> after(O operation) {
        List<O> next = new ArrayList<>(operations);
        next.add(operation);
        return new ComparedState<>(runs, maxOperations, next);
    }

    @Override
    public Optional<String> brokenPromise() {
        return difference;
    }

    /** Always true: whether the work gets done is checked in the models of the protocol. */
    @Override
    public boolean isSettled() {
        return true;
    }

    /** A state in which the two differ is a new one. */
    @Override
    public String key() {
        return difference.isPresent() ? operations.toString() : run.key();
    }
}
