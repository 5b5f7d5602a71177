// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.security.Access;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of docs/security.md that shows which component works with which login.
 *
 * @param table the table in Markdown
 */
record SecurityPage(String table) {

    private static final String BEGIN = "<!-- begin: mechanisms -->\n";
    private static final String END = "<!-- end: mechanisms -->";
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- tested by: (\\S+) -->\n```properties\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("^a1\\.sources\\.r1\\.(\\S+) = ", Pattern.MULTILINE);
    private static final String HEAD = """
            | Login | `security.protocol` | Source | Channel | Sink | Principal at the broker |
            |---|---|---|---|---|---|
            """;

    /**
     * Returns the table of a run.
     *
     * @param delivered the names of the flows whose events all arrived
     * @param accesses what the broker's authorizer decided
     */
    static SecurityPage of(List<SecuredFlow> flows, Set<String> delivered, Set<Access> accesses) {
        return new SecurityPage(HEAD
                + flows.stream()
                        .map(flow -> row(flow, delivered.contains(flow.name()), accesses))
                        .collect(Collectors.joining()));
    }

    /** Returns the names of the properties in a page's examples, without the component's prefix, by the flow that tests them. */
    static Map<String, Set<String>> examplesIn(String page) {
        return EXAMPLE.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        example -> example.group(1),
                        example -> PROPERTY.matcher(example.group(2))
                                .results()
                                .map(property -> property.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    /** Returns a page with this table in its place. */
    String replaceIn(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no lines " + BEGIN.strip() + " and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + page.substring(end);
    }

    private static String row(SecuredFlow flow, boolean delivered, Set<Access> accesses) {
        return "| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        flow.title(),
                        protocol(flow.source()),
                        cell(delivered && flow.sourceIsIn(accesses)),
                        cell(delivered && flow.channelIsIn(accesses)),
                        cell(delivered && flow.sinkIsIn(accesses)),
                        principals(flow));
    }

    private static String cell(boolean works) {
        return works ? "works" : "fails";
    }

    private static String protocol(Login login) {
        Map<String, String> settings = login.settings();
        return "`" + settings.get("kafka.client.security.protocol") + "`";
    }

    private static String principals(SecuredFlow flow) {
        return new TreeSet<>(Set.copyOf(List.of(
                        flow.source().principal(),
                        flow.channel().principal(),
                        flow.sink().principal())))
                .stream().map(principal -> "`" + principal + "`").collect(Collectors.joining(", "));
    }
}
