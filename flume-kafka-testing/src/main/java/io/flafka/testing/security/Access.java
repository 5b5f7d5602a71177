// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One decision of a broker's authorizer, from its log.
 *
 * @param principal who asked
 * @param allowed whether it was allowed
 * @param operation such as {@code read}
 * @param resource such as {@code topic:orders}
 */
public record Access(String principal, boolean allowed, String operation, String resource)
        implements Comparable<Access> {

    private static final Pattern LINE = Pattern.compile(
            "Principal = (\\S+) is (Allowed|Denied) operation = (\\w+) from host = \\S+ on resource = (\\w+):\\w+:(\\S+)");

    /** Returns a decision that a test expects. */
    public static Access allowed(String principal, String operation, String resource) {
        return new Access(principal, true, operation, resource);
    }

    /** Returns the decisions in a log, each once. */
    static Set<Access> in(String log) {
        return LINE.matcher(log)
                .results()
                .map(line -> new Access(
                        line.group(1),
                        line.group(2).equals("Allowed"),
                        line.group(3).toLowerCase(Locale.ROOT),
                        line.group(4).toLowerCase(Locale.ROOT) + ":" + line.group(5)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int compareTo(Access other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return principal + (allowed ? " may " : " may not ") + operation + " " + resource;
    }
}
