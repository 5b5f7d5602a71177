// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Iterator;
import java.util.List;

/**
 * The name of the agent that this process runs. Flume does not tell it to components, so it is read from the command line.
 *
 * @param name as after {@code --name}
 */
public record AgentName(String name) {

    private static final String FLUME_MAIN_CLASS = "org.apache.flume.node.Application";
    private static final AgentName UNKNOWN = new AgentName("agent");

    /** The agent of this process; {@code agent} if it was not started as {@code flume-ng agent} does. */
    public static AgentName ofThisProcess() {
        return in(System.getProperty("sun.java.command", ""));
    }

    /** The agent that a command line starts: main class, then arguments, separated by blanks. */
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

    /** What the lines of a component begin with in the agent file, such as {@code a1.sources.r1.}; nothing if the agent's name is not known. */
    String linesOf(String section, String component) {
        return equals(UNKNOWN) ? "" : name + "." + section + "." + component + ".";
    }
}
