// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads a history twice and compares it with a promise. It holds some 50 bytes per event and nothing per line, so a
 * history may have many millions of lines. Stateless.
 */
public final class Checker {
    private static final long SHORTEST_PAUSE_MILLIS = 1000;

    private Checker() {}

    /**
     * Checks a history.
     *
     * @throws IllegalArgumentException if a line is not one of a history
     */
    public static Verdict check(Path history, Promise promise) {
        HistoryFile file = new HistoryFile(history);
        Tally tally = new Tally(SHORTEST_PAUSE_MILLIS);
        long cutLines = file.read(tally);
        List<Fault> faults = tally.faults().all(tally.last());
        ExcuseWindows duplicates = ExcuseWindows.of(promise.duplicates(), faults);
        Findings findings = new Findings();
        OutputCheck output =
                new OutputCheck(tally, promise, duplicates, ExcuseWindows.of(promise.deadLetters(), faults), findings);
        file.read(output);
        output.checkNumberOfDuplicates();
        ExcuseWindows losses = ExcuseWindows.around(promise.losses(), faults);
        LossCheck loss = new LossCheck(tally, promise, losses, duplicates, findings);
        tally.book().forEach(loss);
        long longestStall = new StallCheck(tally, promise, faults, losses, findings).run();
        Counts counts = Counts.of(tally.book(), loss.excused(), output.records());
        if (counts.acknowledged() == 0) {
            String text = "Nothing was acknowledged, so nothing had to be delivered";
            findings.add(new BrokenPromise(
                    BrokenPromise.Kind.UNPROVEN, text, List.of(), tally.last(), tally.last(), List.of()));
        }
        return new Verdict(
                history,
                counts,
                findings.brokenPromises(faults),
                findings.counts(),
                output.duplicatesByFault(),
                byKind(faults),
                tally.faults().unended(),
                longestStall,
                cutLines);
    }

    private static Map<String, Long> byKind(List<Fault> faults) {
        return faults.stream().collect(Collectors.groupingBy(Fault::kind, TreeMap::new, Collectors.counting()));
    }
}
