// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flume.conf.ConfigurationException;
import org.slf4j.Logger;

/**
 * Everything that is wrong or doubtful with the configuration of one component, collected, so that an operator is told all at once.
 *
 * <p>For one thread. What is handed in must not contain a secret.
 */
public final class Problems {

    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#");
    private static final String NO_COMMENTS =
            "a properties file has no comments behind values: all of the line is the value";

    private final String component;
    private final String linesBegin;
    // Sets: what concerns two clients of a component is found twice and told once.
    private final Set<String> errors = new LinkedHashSet<>();
    private final Set<String> suspects = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * None yet.
     *
     * @param component its kind and name, such as {@code Kafka source r1}
     * @param linesBegin what its lines in the agent file begin with, such as {@code a1.sources.r1.}; empty if that is not known
     */
    public Problems(String component, String linesBegin) {
        this.component = component;
        this.linesBegin = linesBegin;
    }

    /** Something that keeps the component from working; the message begins with the name of the property to change. */
    public void error(String message) {
        errors.add(message);
    }

    /** A value that is not allowed; it is not shown if the name is that of a secret. */
    public void invalid(String name, String value, String allowed) {
        invalid(name, value, allowed, value);
    }

    /**
     * A value that is not allowed for a part of it.
     *
     * @param part for example the one of several topics that has no topic's name; all of it where that is not known
     */
    void invalid(String name, String value, String allowed, String part) {
        error(name + " = " + SecretNames.quoted(name, value) + " must be " + allowed
                + (SecretNames.include(name) ? "" : remarks(value, part)));
    }

    private static String remarks(String value, String part) {
        StringBuilder remarks = new StringBuilder();
        if (!part.equals(value)) {
            remarks.append("; ").append(LogSafeText.quoted(part)).append(" is not");
        }
        LogSafeText.oddCharacter(part)
                .ifPresent(
                        character -> remarks.append("; it has the character ").append(character));
        if (hasComment(value)) {
            remarks.append("; it has ' #' in it, and ").append(NO_COMMENTS);
        }
        return remarks.toString();
    }

    /** A value that is allowed, but has what its writer may have meant for a comment. */
    void suspectComment(String name, String value) {
        if (!SecretNames.include(name) && hasComment(value)) {
            suspect(name + " = " + LogSafeText.quoted(value) + " has ' #' in it: " + NO_COMMENTS);
        }
    }

    private static boolean hasComment(String value) {
        return COMMENT.matcher(value).find();
    }

    /** Something that works, but not as it should. */
    public void warn(String message) {
        warnings.add(message);
    }

    /** Something that is as it should be, and that an operator may want to know. */
    public void note(String message) {
        notes.add(message);
    }

    /** Something that may be meant so, such as a name that nobody knows, and is a likely cause of the errors if there are any. It begins as an error does. */
    public void suspect(String message) {
        suspects.add(message);
    }

    /** All notes so far. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** All warnings so far, suspects last. */
    public List<String> warnings() {
        return Stream.concat(warnings.stream(), suspects.stream()).toList();
    }

    /**
     * Logs the notes and warnings; fails if there were errors.
     *
     * @throws ConfigurationException with all errors, and apart from them all suspects, each with its name as it stands in the agent file
     */
    public void settle(Logger log) {
        notes.forEach(note -> log.info("{}: {}", component, note));
        warnings.forEach(warning -> log.warn("{}: {}", component, warning));
        if (errors.isEmpty()) {
            suspects.forEach(warning -> log.warn("{}: {}", component, warning));
            return;
        }
        throw new ConfigurationException(component + ": "
                + (errors.size() == 1 ? "1 problem" : errors.size() + " problems")
                + " in its configuration" + list(errors)
                + (suspects.isEmpty() ? "" : "\nPerhaps the reason, else harmless:" + list(suspects)));
    }

    private String list(Set<String> messages) {
        return messages.stream().map(message -> "\n - " + linesBegin + message).collect(Collectors.joining());
    }
}
