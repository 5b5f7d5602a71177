// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.util.function.ToIntFunction;
import org.apache.flume.FlumeException;

/** The main class of {@code bin/check}. Loads the command as the components are loaded, so that it finds the classes that they would find. */
public final class AgentFileCheck {

    private static final String COMMAND = "io.flafka.check.CheckCommand";
    private static final int REFUSED = 2;

    private AgentFileCheck() {}

    /** Runs the command, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    @SuppressWarnings({"try", "unchecked"}) // The resource is only opened and closed: see ContextClassLoaderSwap.
    private static int run(String[] arguments) {
        try {
            IsolatedClassLoader loader = IsolatedClassLoader.ofThisJvm();
            ToIntFunction<String[]> command = loader.newComponent(COMMAND, ToIntFunction.class);
            try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
                return command.applyAsInt(arguments);
            }
        } catch (FlumeException incomplete) {
            return refuse(String.valueOf(incomplete.getMessage()));
        } catch (RuntimeException | LinkageError defect) {
            // One line, and an exit code of its own: 1 would mean that the file is wrong.
            return refuse("the check itself has failed, which is a defect of this plugin: " + defect);
        }
    }

    private static int refuse(String reason) {
        System.err
                .append("check: ")
                .append(reason)
                .append(System.lineSeparator())
                .flush();
        return REFUSED;
    }
}
