// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All names that may stand in an agent file below one kind of component.
 *
 * @param kind of component, such as {@code Kafka source}
 * @param properties those that are ours
 * @param prefixes beginnings of names that others define
 * @param framework names that Flume itself reads; one that ends with a full stop stands for all that begin with it
 * @param obsolete names without effect
 */
public record PropertySet(
        String kind,
        List<Property<?>> properties,
        List<PropertyPrefix> prefixes,
        List<String> framework,
        List<ObsoleteName> obsolete) {

    /** Keeps copies; a name may be declared once only. */
    public PropertySet {
        properties = List.copyOf(properties);
        prefixes = List.copyOf(prefixes);
        framework = List.copyOf(framework);
        obsolete = List.copyOf(obsolete);
        Set<String> names = new HashSet<>();
        for (Property<?> property : properties) {
            requireNew(names, property.name());
            property.formerNames().forEach(former -> requireNew(names, former.name()));
        }
        obsolete.forEach(name -> requireNew(names, name.name()));
    }

    private static void requireNew(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(name + " is declared twice");
        }
    }

    /**
     * Reads the parameters of a component, which are left as they are. What is wrong with them is in the result's problems, not thrown.
     *
     * @param componentName its name in the agent file
     */
    public PropertyValues read(String componentName, Map<String, String> parameters) {
        String linesBegin = AgentName.ofThisProcess().linesOf(section(), componentName);
        return new PropertyReader(this, parameters, new Problems(kind + " " + componentName, linesBegin)).read();
    }

    /** Where components of this kind are in an agent file. */
    private String section() {
        return kind.substring(kind.lastIndexOf(' ') + 1) + "s";
    }

    /** Whether Flume itself reads this name. */
    boolean isFramework(String name) {
        return framework.stream().anyMatch(known -> known.endsWith(".") ? name.startsWith(known) : name.equals(known));
    }

    /** Why a name has no effect, if it is one of those. */
    Optional<ObsoleteName> obsolete(String name) {
        return obsolete.stream().filter(known -> known.name().equals(name)).findFirst();
    }

    /** The prefix that a name begins with; the name has more than the prefix. */
    Optional<PropertyPrefix> prefixOf(String name) {
        return prefixes.stream()
                .filter(known -> name.startsWith(known.prefix())
                        && name.length() > known.prefix().length())
                .findFirst();
    }

    /** What somebody may have meant who wrote a name that is not known. */
    NameSuggestion nearestName() {
        return new NameSuggestion(
                namesToday(),
                prefixes.stream()
                        .flatMap(prefix -> prefix.knownNames().stream().map(prefix.prefix()::concat))
                        .toList(),
                framework.stream().filter(name -> !name.endsWith(".")).toList());
    }

    /** The name of today for each declared name, which may be the same, and for each of earlier days. */
    Map<String, String> namesToday() {
        Map<String, String> names = new LinkedHashMap<>();
        properties.forEach(property -> names.put(property.name(), property.name()));
        properties.forEach(
                property -> property.formerNames().forEach(former -> names.put(former.name(), property.name())));
        return names;
    }
}
