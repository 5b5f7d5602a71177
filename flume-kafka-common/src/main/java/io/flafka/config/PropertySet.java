// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Declares all property names of one kind of component.
 *
 * @param kind the kind of component, such as {@code Kafka source}
 * @param properties the component's own properties
 * @param prefixes prefixes of names that the component does not define itself
 * @param readByFlume names that Flume itself reads; a name that ends with a dot stands for all names that begin with it
 * @param obsolete names without effect
 */
public record PropertySet(
        String kind,
        List<Property<?>> properties,
        List<PropertyPrefix> prefixes,
        List<String> readByFlume,
        List<ObsoleteName> obsolete) {

    /** Copies the lists. Rejects a name that is declared twice. */
    public PropertySet {
        properties = List.copyOf(properties);
        prefixes = List.copyOf(prefixes);
        readByFlume = List.copyOf(readByFlume);
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
     * Reads the parameters of a component and does not change them. Errors are not thrown; they are in the result's problems.
     *
     * @param componentName the component's name in the agent file
     */
    public PropertyValues read(String componentName, Map<String, String> parameters) {
        String linePrefix = AgentName.ofThisProcess().linePrefix(section(), componentName);
        return new PropertyReader(this, parameters, new Problems(kind + " " + componentName, linePrefix)).read();
    }

    /** Returns the section of the agent file, such as {@code sources}. */
    private String section() {
        return kind.substring(kind.lastIndexOf(' ') + 1) + "s";
    }

    /** Returns whether Flume itself reads this name. */
    boolean isReadByFlume(String name) {
        return readByFlume.stream()
                .anyMatch(known -> known.endsWith(".") ? name.startsWith(known) : name.equals(known));
    }

    /** Returns the declaration of a name without effect, if the name is one of them. */
    Optional<ObsoleteName> findObsolete(String name) {
        return obsolete.stream().filter(known -> known.name().equals(name)).findFirst();
    }

    /** Returns the prefix of a name. The name must be longer than the prefix. */
    Optional<PropertyPrefix> prefixOf(String name) {
        return prefixes.stream()
                .filter(known -> name.startsWith(known.prefix())
                        && name.length() > known.prefix().length())
                .findFirst();
    }

    /** Creates a finder of the closest known name for an unknown one. */
    NameSuggestions suggestions() {
        return new NameSuggestions(
                currentNames(),
                prefixes.stream()
                        .flatMap(prefix -> prefix.knownNames().stream().map(prefix.prefix()::concat))
                        .toList(),
                readByFlume.stream().filter(name -> !name.endsWith(".")).toList());
    }

    /** Returns the current name for each current name and for each former name. */
    Map<String, String> currentNames() {
        Map<String, String> names = new LinkedHashMap<>();
        properties.forEach(property -> names.put(property.name(), property.name()));
        properties.forEach(
                property -> property.formerNames().forEach(former -> names.put(former.name(), property.name())));
        return names;
    }
}
