// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.AgentFile;
import io.flafka.check.connect.ConnectionCheck;
import io.flafka.check.rule.Finding;
import io.flafka.check.rule.Rules;
import io.flafka.check.rule.Severity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command {@code bin/check}: its arguments in, its exit code out. Needs no running agent, a broker only to try connections, and changes nothing.
 *
 * <p>The plugin creates it in the class loader of the components, so it finds the operator's classes where they would. For one thread.
 */
public final class CheckCommand implements ToIntFunction<String[]> {

    /** The system property with the Flume home. */
    static final String HOME = "flafka.flume.home";
    /** The system property that says that the output is a terminal, which shows colours. */
    static final String TERMINAL = "flafka.terminal";

    private static final int SUCCESS = 0;
    private static final int ERRORS = 1;
    private static final int REFUSED = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final ClassLoader agentClasses;

    /** Creates the command for the class path of this process, which is that of an agent. */
    public CheckCommand() {
        this(stream(System.out), stream(System.err), ClassLoader.getSystemClassLoader());
    }

    CheckCommand(PrintStream out, PrintStream err, ClassLoader agentClasses) {
        this.out = out;
        this.err = err;
        this.agentClasses = agentClasses;
    }

    private static PrintStream stream(PrintStream stream) {
        return new PrintStream(stream, true, UTF_8);
    }

    @Override
    public int applyAsInt(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help")) {
            out.append(Options.USAGE).flush();
            return SUCCESS;
        }
        try {
            return run(Options.of(words, Path.of(System.getProperty(HOME, "."), "conf")));
        } catch (Options.WrongOptionException wrong) {
            return refuse(wrong.getMessage() + "; --help shows the options");
        }
    }

    private int run(Options options) {
        try {
            return check(options, Files.readAllBytes(options.file()));
        } catch (NoSuchFileException missing) {
            return refuse("the file " + options.file() + " does not exist");
        } catch (IOException unreadable) {
            return refuse("cannot read " + options.file() + ": " + unreadable.getMessage());
        }
    }

    private int check(Options options, byte[] content) {
        AgentFile file = AgentFile.of(new String(content, UTF_8));
        List<Agent> all = Agent.in(file);
        List<Agent> agents = all.stream()
                .filter(agent -> options.agent().map(agent.name()::equals).orElse(true))
                .toList();
        if (agents.isEmpty()) {
            return refuse(options.file() + " has no agent"
                    + options.agent().map(name -> " " + name).orElse("")
                    + (all.isEmpty()
                            ? ""
                            : "; its agents: " + all.stream().map(Agent::name).collect(Collectors.joining(", "))));
        }
        if (options.output() == Options.Output.MIGRATED_FILE) {
            // One character for each byte, so that comments in any encoding stay as they are.
            byte[] migrated =
                    Migration.of(new String(content, ISO_8859_1), agents).getBytes(ISO_8859_1);
            out.write(migrated, 0, migrated.length);
            out.flush();
            return SUCCESS;
        }
        return print(options, findings(options, file, agents));
    }

    private int print(Options options, List<Finding> findings) {
        out.append(
                        options.output() == Options.Output.JSON
                                ? JsonReport.of(findings)
                                : new TextReport(options.file().toString(), Boolean.getBoolean(TERMINAL)).of(findings))
                .flush();
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR) ? ERRORS : SUCCESS;
    }

    private List<Finding> findings(Options options, AgentFile file, List<Agent> agents) {
        List<Finding> ofFile =
                Rules.of(agentClasses, options.conf().resolve("flume-env.sh")).check(file, agents);
        if (!options.connects()) {
            return ofFile;
        }
        return Stream.concat(ofFile.stream(), agents.stream().flatMap(agent -> ConnectionCheck.check(agent, ofFile)))
                .sorted(Comparator.comparingInt(Finding::line))
                .toList();
    }

    private int refuse(String reason) {
        err.append("check: ").append(reason).append(System.lineSeparator()).flush();
        return REFUSED;
    }
}
