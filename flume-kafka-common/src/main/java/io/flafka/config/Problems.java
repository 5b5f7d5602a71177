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
 * Collects the errors and warnings about one component's configuration, so that the operator sees all of them at once.
 *
 * <p>For one thread. Messages must not contain a secret.
 */
public final class Problems {

    private static final Pattern COMMENT_SIGN = Pattern.compile("(^|\\s)#");
    private static final String NO_COMMENTS_AFTER_VALUES =
            "a properties file has no comments after values, the whole line is the value";

    private final String component;
    private final String linePrefix;
    // Sets, because a problem of both clients of a component is found twice and must be reported once.
    private final Set<String> errors = new LinkedHashSet<>();
    private final Set<String> suspects = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * Starts without problems.
     *
     * @param component the component's kind and name, such as {@code Kafka source r1}
     * @param linePrefix the prefix of its lines in the agent file, such as {@code a1.sources.r1.}; empty if it is unknown
     */
    public Problems(String component, String linePrefix) {
        this.component = component;
        this.linePrefix = linePrefix;
    }

    /** Adds an error, which keeps the component from starting. The message begins with the name of the property to change. */
    public void error(String message) {
        errors.add(message);
    }

    /** Adds an error about a value that is not allowed. The message does not show the value of a secret. */
    public void invalid(String name, String value, String allowed) {
        invalid(name, value, allowed, value);
    }

    /**
     * Adds an error about a value of which one part is not allowed.
     *
     * @param part the part that is not allowed, for example one topic name in a list; the whole value if the part is unknown
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
        LogSafeText.firstNonAscii(part)
                .ifPresent(character ->
                        remarks.append("; it contains the character ").append(character));
        if (hasComment(value)) {
            remarks.append("; it contains ' #': ").append(NO_COMMENTS_AFTER_VALUES);
        }
        return remarks.toString();
    }

    /** Adds a suspect if an allowed value contains something that looks like a comment. */
    void suspectComment(String name, String value) {
        if (!SecretNames.include(name) && hasComment(value)) {
            suspect(name + " = " + LogSafeText.quoted(value) + " contains ' #': " + NO_COMMENTS_AFTER_VALUES);
        }
    }

    private static boolean hasComment(String value) {
        return COMMENT_SIGN.matcher(value).find();
    }

    /** Adds a warning about something that works but should be changed. */
    public void warn(String message) {
        warnings.add(message);
    }

    /** Adds a note for the operator about something that is correct. */
    public void note(String message) {
        notes.add(message);
    }

    /**
     * Adds a suspect: something that may be intended, such as an unknown name, and that is a likely cause of the errors if there are any. The message
     * begins with the name of a property.
     */
    public void suspect(String message) {
        suspects.add(message);
    }

    /** Returns the errors so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Returns the notes so far. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns the warnings so far, then the suspects. */
    public List<String> warnings() {
        return Stream.concat(warnings.stream(), suspects.stream()).toList();
    }

    /**
     * Logs the notes and warnings, and throws if there are errors.
     *
     * @throws ConfigurationException with all errors and, in a list of their own, all suspects. Each has the property's full name in the agent file
     */
    public void logOrThrow(Logger log) {
        notes.forEach(note -> log.info("{}: {}", component, note));
        warnings.forEach(warning -> log.warn("{}: {}", component, warning));
        if (errors.isEmpty()) {
            suspects.forEach(warning -> log.warn("{}: {}", component, warning));
            return;
        }
        throw new ConfigurationException(component + ": "
                + (errors.size() == 1 ? "1 problem" : errors.size() + " problems")
                + " in its configuration" + list(errors)
                + (suspects.isEmpty() ? "" : "\nPossible cause, otherwise harmless:" + list(suspects)));
    }

    private String list(Set<String> messages) {
        return messages.stream().map(message -> "\n - " + linePrefix + message).collect(Collectors.joining());
    }
}
