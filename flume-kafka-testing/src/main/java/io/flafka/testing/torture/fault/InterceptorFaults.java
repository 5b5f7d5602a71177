// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** An interceptor of a source is slow, or throws exceptions. */
final class InterceptorFaults {
    private final Map<String, Path> folders;

    /**
     * Creates them.
     *
     * @param folders by agent the folder in which a file tells the interceptor what to do
     */
    InterceptorFaults(Map<String, Path> folders) {
        this.folders = new TreeMap<>(folders);
    }

    List<FaultKind> kinds() {
        return List.of(
                random -> fault("slow-interceptor", "slow", random),
                random -> fault("slow-interceptor", "slow", random),
                random -> fault("broken-interceptor", "broken", random));
    }

    private Fault fault(String kind, String file, Random random) {
        List<String> agents = List.copyOf(folders.keySet());
        String agent = agents.get(random.nextInt(agents.size()));
        Path told = folders.getOrDefault(agent, Path.of("")).resolve(file);
        return new Fault(
                kind,
                agent,
                Durations.seconds(random, 1, 20),
                Set.of("interceptor-of-" + agent),
                () -> write(told),
                () -> delete(told));
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
