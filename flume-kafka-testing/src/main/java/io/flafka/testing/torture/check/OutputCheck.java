// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The second reading of a history: judges each record of the output and of the dead letters. For one thread. */
final class OutputCheck implements Consumer<HistoryFile.Line> {
    private final Tally tally;
    private final Promise promise;
    private final ExcuseWindows duplicates;
    private final ExcuseWindows deadLetters;
    private final Findings findings;
    private final Map<List<Object>, RunOrder> orders = new HashMap<>();
    private final List<Integer> excused = new ArrayList<>();
    private final Map<String, Long> duplicatesByFault = new TreeMap<>();
    private long records;

    OutputCheck(Tally tally, Promise promise, ExcuseWindows duplicates, ExcuseWindows deadLetters, Findings findings) {
        this.tally = tally;
        this.promise = promise;
        this.duplicates = duplicates;
        this.deadLetters = deadLetters;
        this.findings = findings;
    }

    @Override
    public void accept(HistoryFile.Line line) {
        if (line.entry() instanceof Entry.Output output) {
            records++;
            tally.book().find(output.id()).ifPresentOrElse(state -> judge(output, state), () -> invented(output));
        } else if (line.entry() instanceof Entry.DeadLetter letter) {
            tally.book().find(letter.id()).ifPresentOrElse(state -> judge(letter, state), () -> invented(letter));
        }
    }

    private void judge(Entry.Output output, EventState state) {
        if (promise.fate(state.body()) != Fate.DELIVERED) {
            add(BrokenPromise.Kind.WRONGLY_DELIVERED, "a bad event (" + state.body() + ") delivered", output);
        }
        boolean first = state.isFirst(tally.sinceOrigin(output.time()));
        boolean surplus = !first && state.isSurplus();
        if (surplus) {
            duplicate(output);
        }
        if (promise.order() == KeyOrder.PARTITION && state.hasPlace()) {
            order(output, first);
        }
    }

    private void duplicate(Entry.Output output) {
        String fault = duplicates.latest(output.time()).map(Fault::kind).orElse("");
        duplicatesByFault.merge(fault, 1L, Long::sum);
        if (promise.delivery() == Delivery.EXACTLY_ONCE) {
            add(BrokenPromise.Kind.DUPLICATED, "delivered again, although exactly once is promised", output);
        } else if (fault.isEmpty()) {
            add(BrokenPromise.Kind.DUPLICATED, "delivered again without a fault that excuses it", output);
        } else {
            excused.add(tally.sinceOrigin(output.time()));
        }
    }

    private void order(Entry.Output output, boolean first) {
        RunOrder order = orders.computeIfAbsent(
                List.of(output.id().key(), output.place()),
                key -> new RunOrder(new Allowance(duplicates, ExcuseWindows.Window::mostRepeats)));
        int number = output.id().number();
        RunOrder.Step step = first ? order.first(number) : order.again(number, output.time());
        if (step == RunOrder.Step.REORDERED) {
            EventId later = new EventId(output.id().key(), order.highest());
            add(BrokenPromise.Kind.REORDERED, "delivered for the first time after " + later, output);
        } else if (step == RunOrder.Step.BACK_TOO_OFTEN && duplicates.hold(output.time())) {
            // Without any excuse it is a duplicate like others.
            add(BrokenPromise.Kind.REPEATED, "begins one more run of duplicates than the faults excuse", output);
        }
    }

    private void judge(Entry.DeadLetter letter, EventState state) {
        String place = letter.place() + " offset " + letter.offset();
        if (promise.fate(state.body()) != Fate.DEAD_LETTER && !deadLetters.hold(letter.time())) {
            String what = "a good event (" + state.body() + ") dead-lettered without a fault that excuses it";
            findings.add(BrokenPromise.Kind.WRONGLY_DEAD_LETTERED, what, letter.id(), letter.time(), place);
        }
        boolean mayRepeat = promise.delivery() == Delivery.AT_LEAST_ONCE && duplicates.hold(letter.time());
        if (state.isSurplusDeadLetter() && !mayRepeat) {
            String what = "dead-lettered again without a fault that excuses it";
            findings.add(BrokenPromise.Kind.DEAD_LETTERED_AGAIN, what, letter.id(), letter.time(), place);
        }
    }

    private void invented(Entry.Output output) {
        add(BrokenPromise.Kind.INVENTED, "in the output, but never sent", output);
    }

    private void invented(Entry.DeadLetter letter) {
        String place = letter.place() + " offset " + letter.offset();
        String what = "in the dead letters, but never sent";
        findings.add(BrokenPromise.Kind.INVENTED, what, letter.id(), letter.time(), place);
    }

    private void add(BrokenPromise.Kind kind, String what, Entry.Output output) {
        String place = output.place() + " offset " + output.offset();
        findings.add(kind, what, output.id(), output.time(), place);
    }

    /** Reports if there are more duplicates than the faults excuse together. Call it after the last line. */
    void checkNumberOfDuplicates() {
        Allowance allowance = new Allowance(duplicates, ExcuseWindows.Window::mostRecords);
        List<Long> beyond = excused.stream()
                .sorted()
                .map(tally::time)
                .filter(time -> !allowance.charge(time))
                .toList();
        if (!beyond.isEmpty()) {
            long from = beyond.get(0);
            long to = beyond.get(beyond.size() - 1);
            String text = "%d of %d duplicates are more than the faults around them excuse: t=%d to %d"
                    .formatted(beyond.size(), excused.size(), from, to);
            findings.add(new BrokenPromise(BrokenPromise.Kind.REPEATED, text, List.of(), from, to, List.of()));
        }
    }

    /** Returns the number of duplicates by the latest fault that excuses them; without one the fault is empty. */
    Map<String, Long> duplicatesByFault() {
        return duplicatesByFault;
    }

    long records() {
        return records;
    }
}
