// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

/**
 * A section of a Markdown page that is generated from the code. Two HTML comments mark where it begins and ends.
 *
 * @param name the section's name in the two comments
 */
record GeneratedSection(String name) {

    /**
     * Returns the page with the content of this section replaced. The rest of the page does not change.
     *
     * @throws IllegalArgumentException if the page does not contain the two comments
     */
    String replaceIn(String page, String content) {
        String begin = "<!-- generated: " + name + " -->\n";
        String end = "<!-- end of: " + name + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("The page has no lines " + begin.strip() + " and " + end);
        }
        return page.substring(0, from + begin.length()) + "\n" + content + "\n" + page.substring(to);
    }

    /** Escapes prose for a table cell. */
    static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** Formats a name or a value as code in a table cell. */
    static String code(String text) {
        return "`" + cell(text) + "`";
    }
}
