// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small JVM that runs one of this module's main classes on a runtime's class path.
 *
 * @param runtime its jars
 * @param main what it runs
 */
record ForkedJava(String runtime, Class<?> main) {

    /** The words of its command line: tuned for a quick start on a machine that has other things to do. */
    List<String> line(List<String> options, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        line.addAll(options);
        line.addAll(List.of("-cp", RuntimeClassPath.named(runtime).after(ownClasses())));
        line.add(main.getName());
        line.addAll(List.of(arguments));
        return line;
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
