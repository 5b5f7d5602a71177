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
 * @param runtime its jars
 * @param main what it runs
 */
record ForkedJava(RuntimeClassPath runtime, Class<?> main) {

    ForkedJava(String runtime, Class<?> main) {
        this(RuntimeClassPath.named(runtime), main);
    }

    /**
     * The words of its command line: tuned for a quick start on a machine that has other things to do.
     *
     * @param own a folder for its temporary files, which it leaves behind when killed
     */
    List<String> line(Path own, List<String> options, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        line.add("-Djava.io.tmpdir=" + own);
        line.addAll(options);
        line.addAll(List.of("-cp", runtime.classPathAfter(ownClasses())));
        line.add(main.getName());
        line.addAll(List.of(arguments));
        return line;
    }

    /** What speeds up its start from the second time on. */
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
