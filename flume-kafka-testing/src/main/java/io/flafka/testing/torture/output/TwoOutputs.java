// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

import java.util.List;
import java.util.stream.Stream;

/**
 * Two places that one pipeline delivers to.
 *
 * @param first one of them
 * @param second the other one
 */
public record TwoOutputs(Output first, Output second) implements Output {

    @Override
    public List<Delivered> next() {
        return both(first.next(), second.next());
    }

    @Override
    public List<Delivered> all() {
        return both(first.all(), second.all());
    }

    private static List<Delivered> both(List<Delivered> some, List<Delivered> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    @Override
    public boolean isDeadLetters(String place) {
        return first.isDeadLetters(place) || second.isDeadLetters(place);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
