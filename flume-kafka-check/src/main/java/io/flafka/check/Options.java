// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The options of the command. Their names are those of {@code flume-ng agent}.
 *
 * @param file the agent file
 * @param agent the name of the agent to check, or none for all
 * @param conf the folder that has {@code flume-env.sh}
 * @param connects whether to try the components' connections
 * @param output what to print
 */
record Options(Path file, Optional<String> agent, Path conf, boolean connects, Output output) {

    static final String USAGE = """
            Usage: check -f <agent file> [-n <agent>] [-c <conf folder>] [--connect] [--json | --migrate]

            Checks an agent file without running it: the properties of this plugin's components, how all components are
            connected, and traps of Flume around them. Most findings have the number of a line, and all say what to do.

              -f, --conf-file  The agent file.
              -n, --name       The agent to check. Default: every agent of the file.
              -c, --conf       The folder with flume-env.sh. Default: conf of the Flume home.
              --connect        Also try, for each component of this plugin: names, ports, TLS, login, topics, rights on them, group
                               and lag. Says how far it came. Joins no group and writes nothing.
              --json           Print the findings as JSON.
              --migrate        Print the file with today's names and types instead of former ones. Comments and order stay.
              --help           Show this help.

            The class path is that of flume-ng: lib, then the lib folders of all plugins, then their libext folders. Entries that -C,
            FLUME_CLASSPATH or Hadoop add to an agent's class path are not known here.

            Exit code: 0  No errors. There may be warnings.
                       1  At least one error.
                       2  The options are wrong, or the file has no agent or cannot be read.
            """;

    /** What the command prints. */
    enum Output {
        TEXT,
        JSON,
        MIGRATED_FILE
    }

    /** Reports options that cannot be understood. */
    static final class WrongOptionException extends Exception {

        private static final long serialVersionUID = 1L;

        WrongOptionException(String message) {
            super(message);
        }
    }

    /**
     * Reads the options.
     *
     * @param defaultConf the folder with {@code flume-env.sh} unless an option names another
     */
    static Options of(List<String> arguments, Path defaultConf) throws WrongOptionException {
        Optional<Path> file = Optional.empty();
        Optional<String> agent = Optional.empty();
        Path conf = defaultConf;
        boolean connects = false;
        Output output = Output.TEXT;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "-f", "--conf-file" -> file = Optional.of(Path.of(value(option, rest)));
                case "-n", "--name" -> agent = Optional.of(value(option, rest));
                case "-c", "--conf" -> conf = Path.of(value(option, rest));
                case "--connect" -> connects = true;
                case "--json" -> output = Output.JSON;
                case "--migrate" -> output = Output.MIGRATED_FILE;
                default -> throw new WrongOptionException("unknown option " + option);
            }
        }
        return new Options(
                file.orElseThrow(() -> new WrongOptionException("-f is missing: write the agent file")),
                agent,
                conf,
                connects,
                output);
    }

    private static String value(String option, Iterator<String> rest) throws WrongOptionException {
        if (!rest.hasNext()) {
            throw new WrongOptionException(option + " needs a value");
        }
        return rest.next();
    }
}
