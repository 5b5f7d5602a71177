// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Events next to each other to which the same happened. For one thread. */
final class Finding {
    private static final int SHOWN = 10;
    private static final long AROUND_MILLIS = 60_000;
    private static final int FAULTS_SHOWN = 5;

    private final BrokenPromise.Kind kind;
    private final String what;
    private final List<EventId> ids = new ArrayList<>();
    private final String firstPlace;
    private String lastPlace;
    private EventId lastId;
    private long events = 1;
    private long from;
    private long to;

    Finding(BrokenPromise.Kind kind, String what, EventId id, long time, String place) {
        this.kind = kind;
        this.what = what;
        this.firstPlace = place;
        this.lastPlace = place;
        this.lastId = id;
        this.from = time;
        this.to = time;
        ids.add(id);
    }

    /** Adds an event if it continues this finding: the same event, or the next one of the key. */
    boolean add(String sameWhat, EventId id, long time, String place) {
        int step = id.number() - lastId.number();
        if (!what.equals(sameWhat) || !id.key().equals(lastId.key()) || step < 0 || step > 1) {
            return false;
        }
        events++;
        lastId = id;
        lastPlace = place;
        from = Math.min(from, time);
        to = Math.max(to, time);
        if (ids.size() < SHOWN && !ids.contains(id)) {
            ids.add(id);
        }
        return true;
    }

    BrokenPromise toBrokenPromise(List<Fault> faults) {
        List<Fault> around = faults.stream()
                .filter(fault -> fault.from() <= to + AROUND_MILLIS && fault.to() >= from - AROUND_MILLIS)
                .collect(Collectors.toCollection(ArrayList::new));
        int first = Math.max(0, around.size() - FAULTS_SHOWN);
        return new BrokenPromise(kind, text(), ids, from, to, around.subList(first, around.size()));
    }

    private String text() {
        String subject = ids.get(0).toString();
        if (events > 1) {
            subject += lastId.equals(ids.get(0)) ? " (" + events + " times)" : " to " + lastId + " (" + events + ")";
        }
        String where = firstPlace.equals(lastPlace) ? firstPlace : firstPlace + " to " + lastPlace;
        String when = from == to ? "t=" + from : "t=" + from + " to " + to;
        return subject + " " + what + ": " + where + (where.isEmpty() ? "" : ", ") + when;
    }
}
