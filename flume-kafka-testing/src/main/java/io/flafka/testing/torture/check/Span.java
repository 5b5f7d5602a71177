// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A span of time, in milliseconds. */
record Span(long from, long to) {
    long length() {
        return to - from;
    }

    /** Returns the spans in order, with those joined that touch. */
    static List<Span> union(List<Span> spans) {
        List<Span> union = new ArrayList<>();
        for (Span span :
                spans.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
            Span last = union.isEmpty() ? span : union.remove(union.size() - 1);
            if (last.to < span.from) {
                union.add(last);
                union.add(span);
            } else {
                union.add(new Span(last.from, Math.max(last.to, span.to)));
            }
        }
        return union;
    }

    /** Returns what is left of this span outside the others, which are a union. */
    List<Span> without(List<Span> union) {
        List<Span> left = new ArrayList<>();
        long begin = from;
        for (Span other : union) {
            if (other.from >= to) {
                break;
            }
            if (other.from > begin) {
                left.add(new Span(begin, other.from));
            }
            begin = Math.max(begin, other.to);
        }
        if (begin < to) {
            left.add(new Span(begin, to));
        }
        return left;
    }
}
