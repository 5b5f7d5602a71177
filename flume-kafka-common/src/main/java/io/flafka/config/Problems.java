// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flume.conf.ConfigurationException;
import org.slf4j.Logger;

/**
 * Everything that is wrong or doubtful with the configuration of one component, collected, so that an operator is told all at once.
 *
 * <p>For one thread. What is handed in must not contain a secret.
 */
public final class Problems {

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
        error(name + " = " + SecretNames.shown(name, value) + " must be " + allowed);
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
     * @throws ConfigurationException with all errors and all suspects, each with its name as it stands in the agent file
     */
    public void settle(Logger log) {
        notes.forEach(note -> log.info("{}: {}", component, note));
        warnings.forEach(warning -> log.warn("{}: {}", component, warning));
        if (errors.isEmpty()) {
            suspects.forEach(warning -> log.warn("{}: {}", component, warning));
            return;
        }
        List<String> lines = new ArrayList<>(errors);
        lines.addAll(suspects);
        throw new ConfigurationException(component + ": "
                + (lines.size() == 1 ? "1 problem" : lines.size() + " problems")
                + " in its configuration\n - " + linesBegin + String.join("\n - " + linesBegin, lines));
    }
}
