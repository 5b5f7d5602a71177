// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Visits every state that a model can reach, the nearest first, and checks two things in each: no promise is broken, and if nothing fails from now on,
 * all work gets done. The first trace to a fault is therefore a shortest one.
 *
 * <p>For one exploration.
 */
final class Explorer<S extends ModelState<S>> {

    /** What an exploration has seen. */
    record Result(int states, long steps, int depth, Optional<Counterexample> counterexample) {

        @Override
        public String toString() {
            return "%d states, %d steps, depth %d%s"
                    .formatted(
                            states,
                            steps,
                            depth,
                            counterexample.map(found -> "\n" + found).orElse(""));
        }
    }

    /** How a promise is broken: each step on the way, from the first state on. */
    record Counterexample(String promise, List<String> trace) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(promise);
            for (int i = 0; i < trace.size(); i++) {
                text.append("\n  ").append(i + 1).append(". ").append(trace.get(i));
            }
            return text.toString();
        }
    }

    /** An exploration that finds more fails, because it would not end in time. */
    private static final int MAX_STATES = Integer.getInteger("flafka.model.states", 200_000);

    static final String STALLED = "stalled: the work does not get done, although nothing more fails";

    /** A state that was found, with the number of the state before it. */
    private record Found<S>(S state, int number, int depth) {}

    /** A broken promise in a state that was found, with the calm run from there if that is what breaks it. */
    private record Fault(String promise, int number, List<String> calmRun) {}

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Integer> previous = new ArrayList<>();
    /** By state, the place among its predecessor's steps of the step that led to it. */
    private final List<Integer> stepIndexes = new ArrayList<>();
    /** The keys of states from which a calm run gets all work done. */
    private final Set<String> live = new HashSet<>();

    private final Queue<Found<S>> toVisit = new ArrayDeque<>();
    private long steps;
    private int depth;

    Result explore(S initial) {
        Optional<Fault> found = find(initial, -1, 0, 0);
        while (found.isEmpty() && !toVisit.isEmpty()) {
            found = visit(toVisit.remove());
        }
        return new Result(numbers.size(), steps, depth, found.map(fault -> counterexample(initial, fault)));
    }

    private Optional<Fault> visit(Found<S> from) {
        int index = 0;
        for (ModelState.Step<S> step : from.state().steps()) {
            steps++;
            Optional<Fault> found = find(step.next().get(), from.number(), index++, from.depth() + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> find(S state, int from, int stepIndex, int atDepth) {
        int number = numbers.size();
        String key = state.key();
        if (numbers.putIfAbsent(key, number) != null) {
            return Optional.empty();
        }
        if (number >= MAX_STATES) {
            throw new IllegalStateException("more than %d states, at depth %d".formatted(MAX_STATES, atDepth));
        }
        previous.add(from);
        stepIndexes.add(stepIndex);
        depth = atDepth;
        toVisit.add(new Found<>(state, number, atDepth));
        return state.brokenPromise()
                .map(promise -> new Fault(promise, number, List.of()))
                .or(() -> stall(state, key, number));
    }

    /** Follows a calm run until all work is done. Returns how it stops or repeats itself before that. */
    private Optional<Fault> stall(S state, String stateKey, int number) {
        Map<String, Supplier<String>> run = new LinkedHashMap<>();
        S current = state;
        String key = stateKey;
        while (!current.isSettled() && !live.contains(key)) {
            Optional<ModelState.Step<S>> next =
                    current.steps().stream().filter(ModelState.Step::isWork).findFirst();
            Optional<String> broken = current.brokenPromise();
            if (broken.isPresent() || next.isEmpty() || run.containsKey(key)) {
                List<String> calm =
                        new ArrayList<>(run.values().stream().map(Supplier::get).toList());
                if (broken.isEmpty()) {
                    calm.add(next.isEmpty() ? "nothing more happens" : "and so on, for ever");
                }
                return Optional.of(new Fault(broken.orElse(STALLED), number, calm));
            }
            run.put(key, next.get().name());
            current = next.get().next().get();
            key = current.key();
        }
        live.addAll(run.keySet());
        live.add(key);
        return Optional.empty();
    }

    private Counterexample counterexample(S initial, Fault fault) {
        List<Integer> path = new ArrayList<>();
        for (int i = fault.number(); previous.get(i) >= 0; i = previous.get(i)) {
            path.add(0, stepIndexes.get(i));
        }
        List<String> trace = new ArrayList<>();
        S current = initial;
        for (int index : path) {
            ModelState.Step<S> step = current.steps().get(index);
            trace.add(step.name().get());
            current = step.next().get();
        }
        trace.addAll(fault.calmRun());
        return new Counterexample(fault.promise(), trace);
    }
}
