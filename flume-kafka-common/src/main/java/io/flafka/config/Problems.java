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
    // Sets: what concerns two clients of a component is found twice and told once.
    private final Set<String> errors = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * None yet.
     *
     * @param component its kind and name, such as {@code Kafka source r1}
     */
    public Problems(String component) {
        this.component = component;
    }

    /** Something that keeps the component from working. */
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

    /** A name that nobody knows: harmless by itself, and a likely cause of the errors if there are any. */
    public void unknown(String message) {
        unknown.add(message);
    }

    /** All warnings so far, unknown names last. */
    public List<String> warnings() {
        return Stream.concat(warnings.stream(), unknown.stream()).toList();
    }

    /**
     * Logs the warnings; fails if there were errors.
     *
     * @throws ConfigurationException with all errors and all unknown names
     */
    public void settle(Logger log) {
        warnings.forEach(warning -> log.warn("{}: {}", component, warning));
        if (errors.isEmpty()) {
            unknown.forEach(warning -> log.warn("{}: {}", component, warning));
            return;
        }
        List<String> lines = new ArrayList<>(errors);
        lines.addAll(unknown);
        throw new ConfigurationException(component + ": "
                + (lines.size() == 1 ? "1 problem" : lines.size() + " problems")
                + " in its configuration\n - " + String.join("\n - ", lines));
    }
}
