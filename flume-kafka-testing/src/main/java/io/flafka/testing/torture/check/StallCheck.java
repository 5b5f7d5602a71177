// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for stalls: spans outside of faults in which the output did not grow although an acknowledged event waited all
 * the time, or in which nothing was acknowledged although something was sent. For one thread.
 */
final class StallCheck {
    private static final int EXAMINED = 64;

    private final Tally tally;
    private final Promise promise;
    private final List<Fault> faults;
    private final ExcuseWindows losses;
    private final Findings findings;

    StallCheck(Tally tally, Promise promise, List<Fault> faults, ExcuseWindows losses, Findings findings) {
        this.tally = tally;
        this.promise = promise;
        this.faults = faults;
        this.losses = losses;
        this.findings = findings;
    }

    /** Reports stalls that are too long. Returns the length of the longest one, in milliseconds. */
    long run() {
        if (!tally.pauses().measured()) {
            String text = "The history has no progress lines, so stalls cannot be seen";
            findings.add(new BrokenPromise(
                    BrokenPromise.Kind.UNPROVEN, text, List.of(), tally.last(), tally.last(), List.of()));
        }
        long settling = promise.settling().toMillis();
        List<Span> faulty = Span.union(faults.stream()
                .map(fault -> new Span(fault.from(), fault.to() + settling))
                .toList());
        List<Stall> stalls = Stream.concat(output(faulty), intake(faulty))
                .sorted(Comparator.comparingLong((Stall stall) -> stall.span().length())
                        .reversed())
                .toList();
        stalls.stream()
                .filter(stall -> stall.span().length() > promise.longestStall().toMillis())
                .map(this::broken)
                .forEach(findings::add);
        return stalls.isEmpty() ? 0 : stalls.get(0).span().length();
    }

    private Stream<Stall> output(List<Span> faulty) {
        List<Stall> pauses =
                longest(tally.pauses().ofOutput(), faulty).map(Stall::ofOutput).toList();
        tally.book().forEach((id, state) -> {
            if (isExpected(state)) {
                pauses.forEach(pause -> pause.look(id, state, tally));
            }
        });
        return pauses.stream().filter(Stall::isWaited);
    }

    private boolean isExpected(EventState state) {
        return promise.fate(state.body()) == Fate.DELIVERED
                && (state.delivered() > 0 || !losses.hold(tally.time(state.sentAt())));
    }

    private Stream<Stall> intake(List<Span> faulty) {
        return longest(tally.pauses().ofIntake(tally.last()), faulty).map(Stall::ofIntake);
    }

    private static Stream<Span> longest(List<Span> pauses, List<Span> faulty) {
        return pauses.stream()
                .flatMap(pause -> pause.without(faulty).stream())
                .sorted(Comparator.comparingLong(Span::length).reversed())
                .limit(EXAMINED);
    }

    private BrokenPromise broken(Stall stall) {
        Span span = stall.span();
        List<Fault> around = faults.stream()
                .filter(fault -> fault.from() <= span.to()
                        && fault.to() >= span.from() - promise.settling().toMillis())
                .toList();
        return new BrokenPromise(BrokenPromise.Kind.STALLED, stall.text(), stall.ids(), span.from(), span.to(), around);
    }
}
