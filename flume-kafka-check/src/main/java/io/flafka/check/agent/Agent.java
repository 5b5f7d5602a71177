// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One agent of an agent file.
 *
 * @param name its name
 * @param settings its properties without its name, such as {@code sources.r1.type}, in the order of the file
 */
public record Agent(String name, Map<String, Setting> settings) {

    /** Returns the agents of a file, in the order of their first lines. */
    public static List<Agent> in(AgentFile file) {
        Map<String, Map<String, Setting>> agents = new LinkedHashMap<>();
        for (AgentFile.Entry entry : file.entries()) {
            int dot = entry.name().indexOf('.');
            if (dot > 0) {
                agents.computeIfAbsent(entry.name().substring(0, dot), name -> new LinkedHashMap<>())
                        .put(
                                entry.name().substring(dot + 1).trim(),
                                new Setting(
                                        entry.line(),
                                        Variables.replaceIn(entry.value().trim())));
            }
        }
        List<Agent> all = new ArrayList<>();
        agents.forEach((name, settings) -> all.add(new Agent(name, settings)));
        return all;
    }

    /** Returns the components that the agent's lists name, in the order of the lists. */
    public List<Component> components() {
        List<Component> components = new ArrayList<>();
        for (ComponentKind kind : ComponentKind.values()) {
            listed(kind).forEach(component -> components.add(component(kind, component)));
        }
        return components;
    }

    /** Returns the components of a kind that have a property of any name. */
    public Set<String> withProperties(ComponentKind kind) {
        Set<String> names = new LinkedHashSet<>();
        String section = kind.section() + ".";
        settings.keySet().stream()
                .filter(property -> property.startsWith(section) && property.indexOf('.', section.length()) > 0)
                .forEach(property ->
                        names.add(property.substring(section.length(), property.indexOf('.', section.length()))));
        return names;
    }

    /** Returns the names in the list of a kind, such as the value of {@code a1.sources}. */
    public List<String> listed(ComponentKind kind) {
        return Optional.ofNullable(settings.get(kind.section()))
                .map(list -> Component.words(list.value()))
                .orElse(List.of());
    }

    /** Returns the component of this kind and name, whether a list names it or not. */
    public Component component(ComponentKind kind, String component) {
        String section = kind.section() + "." + component + ".";
        Map<String, Setting> own = new LinkedHashMap<>();
        settings.forEach((property, setting) -> {
            if (property.startsWith(section)) {
                own.put(property.substring(section.length()), setting);
            }
        });
        return new Component(kind, component, name + "." + section, own);
    }

    /** Returns a channel that the agent's list names. */
    public Optional<Component> channel(String channel) {
        return listed(ComponentKind.CHANNEL).contains(channel)
                ? Optional.of(component(ComponentKind.CHANNEL, channel))
                : Optional.empty();
    }

    /** Returns the line of a property, or 0 if the file does not have it. */
    public int lineOf(String property) {
        return Optional.ofNullable(settings.get(property)).map(Setting::line).orElse(0);
    }

    /** Returns all properties with the agent's name, as Flume's own check wants them. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        settings.forEach((property, setting) -> properties.put(name + "." + property, setting.value()));
        return properties;
    }
}
