// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One agent of an agent file.
 *
 * @param name its name
 * @param settings its properties without its name, such as {@code sources.r1.type}, in the order of the file
 */
public record Agent(String name, Map<String, Setting> settings) {

    /** The properties that say which components there are and how they are connected. */
    private static final Pattern CONNECTIONS =
            Pattern.compile("sources|channels|sinks|sources\\.[^.]+\\.channels|sinks\\.[^.]+\\.channel");

    /** The beginnings of sections, also of misspelt ones. Another first word names no agent: its properties may be variables for others. */
    private static final Pattern SECTION = Pattern.compile("(?i)(source|channel|sink).*");

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
        agents.forEach((name, settings) -> {
            if (settings.keySet().stream()
                    .anyMatch(property -> SECTION.matcher(property).matches())) {
                all.add(new Agent(name, settings));
            }
        });
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

    /** Returns the names in the list of a kind, such as the value of {@code a1.sources}; none if only the agent knows them. */
    public List<String> listed(ComponentKind kind) {
        return Optional.ofNullable(settings.get(kind.section()))
                .filter(list -> !list.isKnownLater())
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

    /** Returns whether a source or sink of a kind is connected to a channel. */
    public boolean uses(ComponentKind kind, Component channel) {
        return listed(kind).stream()
                .anyMatch(user -> component(kind, user).channels().contains(channel.name()));
    }

    /** Returns the line of the agent's first property. */
    public int firstLine() {
        return settings.values().stream().mapToInt(Setting::line).min().orElse(0);
    }

    /** Returns whether a list of components, or a connection to a channel, has a part that is only known when the agent runs. */
    public boolean isKnownLater() {
        return settings.entrySet().stream()
                .filter(setting -> CONNECTIONS.matcher(setting.getKey()).matches())
                .anyMatch(setting -> setting.getValue().isKnownLater());
    }
}
