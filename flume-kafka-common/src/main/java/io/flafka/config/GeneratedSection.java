// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

/**
 * A part of a page in Markdown that is made from declarations: what stands between two comments.
 *
 * @param name what the comments call it
 */
record GeneratedSection(String name) {

    /**
     * The document with this section brought up to date; the rest stays as it is.
     *
     * @throws IllegalArgumentException if the document has no place for it
     */
    String updated(String document, String content) {
        String begin = "<!-- generated: " + name + " -->\n";
        String end = "<!-- end of: " + name + " -->";
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("The document has no lines " + begin.strip() + " and " + end);
        }
        return document.substring(0, from + begin.length()) + "\n" + content + "\n" + document.substring(to);
    }

    /** A text as it may stand in a cell of a table. */
    static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** A name or value as it may stand in a cell of a table. */
    static String code(String text) {
        return "`" + cell(text) + "`";
    }
}
