// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small JVM that runs one of this module's main classes on a runtime's class path.
 *
 * @param runtime the runtime whose jars it uses
 * @param main the main class
 */
public record ForkedJava(RuntimeClassPath runtime, Class<?> main) {

    public ForkedJava(String runtime, Class<?> main) {
        this(RuntimeClassPath.named(runtime), main);
    }

    /**
     * Returns the command line, tuned for a quick start on a busy machine.
     *
     * @param temporary the folder for its temporary files, which stay there if it is killed
     */
    public List<String> commandLine(Path temporary, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(options);
        command.addAll(List.of("-cp", runtime.classPathAfter(ownClasses())));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns the class archive that speeds up every start after the first. */
    Optional<ClassArchive> archive() {
        return ClassArchive.of(runtime, ownClasses());
    }

    private Path ownClasses() {
        try {
            return Path.of(
                    main.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
