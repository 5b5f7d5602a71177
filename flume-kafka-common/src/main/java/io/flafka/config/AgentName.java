// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Iterator;
import java.util.List;

/**
 * The name of the agent that this process runs. Flume does not pass it to components, so it is read from the command line.
 *
 * @param name the argument of {@code --name}
 */
public record AgentName(String name) {

    private static final String FLUME_MAIN_CLASS = "org.apache.flume.node.Application";
    private static final AgentName UNKNOWN = new AgentName("agent");

    /** Returns the name of the agent in this process, or {@code agent} if {@code flume-ng agent} did not start it. */
    public static AgentName ofThisProcess() {
        return in(System.getProperty("sun.java.command", ""));
    }

    /** Returns the agent name in a command line, which is a main class and its arguments, separated by spaces. */
    static AgentName in(String command) {
        Iterator<String> words = List.of(command.trim().split("\\s+")).iterator();
        if (!words.next().equals(FLUME_MAIN_CLASS)) {
            return UNKNOWN;
        }
        while (words.hasNext()) {
            String word = words.next();
            if ((word.equals("-n") || word.equals("--name") || word.equals("-name")) && words.hasNext()) {
                return new AgentName(words.next());
            }
            if (word.startsWith("--name=") || word.startsWith("-n=")) {
                return new AgentName(word.substring(word.indexOf('=') + 1));
            }
        }
        return UNKNOWN;
    }

    /**
     * Returns the prefix of a component's lines in the agent file, such as {@code a1.sources.r1.}, or an empty text if the agent's name is unknown.
     */
    String linePrefix(String section, String component) {
        return equals(UNKNOWN) ? "" : name + "." + section + "." + component + ".";
    }
}
