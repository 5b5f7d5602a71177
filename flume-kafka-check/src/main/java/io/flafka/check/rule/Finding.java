// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Component;

/**
 * Something in an agent file that should be changed, or, after a connection was tried, that works.
 *
 * @param line the number of the line in the file, or 0 if no single line is the reason
 * @param severity how much it matters
 * @param text what is wrong and what to write instead, without secrets; begins with the full name of a property if one is the reason
 */
public record Finding(int line, Severity severity, String text) {

    /** Returns an error about a component as a whole. */
    public static Finding error(Component component, String text) {
        return new Finding(component.lineOf("type"), Severity.ERROR, nameOf(component) + ": " + text);
    }

    /** Returns a warning about a component as a whole. */
    public static Finding warning(Component component, String text) {
        return new Finding(component.lineOf("type"), Severity.WARNING, nameOf(component) + ": " + text);
    }

    /** Returns what works of a component. */
    public static Finding note(Component component, String text) {
        return new Finding(component.lineOf("type"), Severity.NOTE, nameOf(component) + ": " + text);
    }

    /** Returns whether this finding is about a component or one of its properties. */
    public boolean isAbout(Component component) {
        return text.startsWith(component.prefix()) || text.startsWith(nameOf(component) + ": ");
    }

    private static String nameOf(Component component) {
        return component.prefix().substring(0, component.prefix().length() - 1);
    }

    static Finding error(int line, String text) {
        return new Finding(line, Severity.ERROR, text);
    }

    static Finding warning(int line, String text) {
        return new Finding(line, Severity.WARNING, text);
    }

    /** Returns an error about a property of a component. The text goes on after the property's name. */
    static Finding error(Component component, String property, String text) {
        return error(component.lineOf(property), component.prefix() + property + text);
    }

    /** Returns a warning about a property of a component. The text goes on after the property's name. */
    static Finding warning(Component component, String property, String text) {
        return warning(component.lineOf(property), component.prefix() + property + text);
    }
}
